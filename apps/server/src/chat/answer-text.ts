import { isAnswer, readValue, textOf } from '@millrace/flow'
import type { LogEntry } from '@millrace/engine'

/**
 * What a run says, for protocols that know nothing but text: values of the answer as they are
 * yielded, or what was returned when there were none.
 */
export class AnswerText {
  #hasSpoken = false
  /** Why the last model ended, in its own words. */
  #finishReason: string | undefined

  /** Looks at an entry as it was recorded, also one that its reader does not see. */
  note({ event }: LogEntry): void {
    if (event.type !== 'node-call' || event.kind !== 'model') return
    this.#finishReason = event.finishReason ?? this.#finishReason
  }

  /** The text that an entry adds; entries come in order and each once. */
  take({ event }: LogEntry): string {
    switch (event.type) {
      case 'run-yield':
        return this.#say(isAnswer(readValue(event.value)) ? textOf(event.value) : '')
      case 'run-end':
        return this.#hasSpoken || event.outcome !== 'completed' ? '' : textOf(event.result)
      default:
        return ''
    }
  }

  /** The reason of the last call, as a client understands it that is given no tools. */
  get finishReason(): 'stop' | 'length' | 'content_filter' {
    const reason = this.#finishReason
    return reason === 'length' || reason === 'content_filter' ? reason : 'stop'
  }

  #say(text: string): string {
    if (text !== '') this.#hasSpoken = true
    return text
  }
}
