import { isAnswer, readValue, type Source } from '@millrace/flow/events'

/** One piece of an answer as the chat shows it. */
type AnswerPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'json'; readonly value: unknown }

/** What a run's values read like in a chat. */
export interface Answer {
  readonly parts: readonly AnswerPart[]
  /** They stand under the answer, whenever they came. */
  readonly sources: readonly Source[]
  /** The last status line, which stands only while the run goes on. */
  readonly statusLine: string | undefined
}

/** The answer that the yielded values make, or the returned one where none of them is part of it. */
export function answerOf(yields: readonly unknown[], result: unknown): Answer {
  const parts: AnswerPart[] = []
  const sources: Source[] = []
  let statusLine: string | undefined
  let text: string[] = []
  const endText = () => {
    if (text.length > 0) parts.push({ kind: 'text', text: text.join('') })
    text = []
  }
  const values = yields.map(readValue)
  for (const read of values.some(isAnswer) ? values : [...values, readValue(result)]) {
    switch (read.kind) {
      case 'text':
        if (read.text !== '') text.push(read.text)
        break
      case 'sources':
        sources.push(...read.items)
        break
      case 'status':
        statusLine = read.text
        break
      case 'json':
        endText()
        parts.push(read)
    }
  }
  endText()
  return { parts, sources, statusLine }
}

/** Whether there is nothing of the answer to be seen once its run has ended. */
export function isBlank({ parts, sources }: Answer): boolean {
  return parts.length === 0 && sources.length === 0
}

/** The words of an answer, as they go into the history of the next turn. */
export function wordsOf({ parts }: Answer): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
}
