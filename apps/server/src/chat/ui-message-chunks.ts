import { readValue, textOf, type RunEventOf, type Source } from '@millrace/flow'
import { errorOfEnd } from '../runs/error-of-end.ts'
import type { Framing } from '../runs/framings.ts'

/**
 * The AI SDK's UI message stream: text in text parts, sources and other values in parts of their own.
 * The message has the run's id, so that a page that comes back gets the same message again.
 */
export function uiMessageChunks(runId: string): Framing {
  let parts = 0
  /** The text part that goes on. */
  let open: string | undefined
  let hasAnswered = false

  function closeText(): string {
    if (open === undefined) return ''
    const id = open
    open = undefined
    return chunk({ type: 'text-end', id })
  }
  function text(delta: string): string {
    if (delta === '') return ''
    hasAnswered = true
    if (open !== undefined) return chunk({ type: 'text-delta', id: open, delta })
    open = nextId()
    return chunk({ type: 'text-start', id: open }) + chunk({ type: 'text-delta', id: open, delta })
  }
  function nextId(): string {
    parts += 1
    return `${runId}-${parts}`
  }
  function value(yielded: unknown): string {
    const read = readValue(yielded)
    switch (read.kind) {
      case 'text':
        return text(read.text)
      case 'sources':
        return closeText() + read.items.map((source) => chunk(sourceOf(source, nextId()))).join('')
      case 'status':
        return chunk({ type: 'data-status', data: { text: read.text }, transient: true })
      case 'json':
        hasAnswered = true
        return closeText() + chunk({ type: 'data-json', id: nextId(), data: read.value })
    }
  }
  function end(event: RunEventOf<'run-end'>): string {
    if (event.outcome !== 'completed') {
      return failure(errorOfEnd(event.outcome, event.error))
    }
    const returned = hasAnswered ? '' : text(textOf(event.result))
    const usage = event.usage ?? null
    return `${returned}${closeText()}${chunk({ type: 'finish', messageMetadata: { runId, usage } })}${done}`
  }
  function failure({ message }: { readonly message: string }): string {
    return closeText() + chunk({ type: 'error', errorText: message }) + done
  }

  return {
    contentType: 'text/event-stream',
    headers: { 'x-vercel-ai-ui-message-stream': 'v1' },
    encode({ event }) {
      switch (event.type) {
        case 'run-start':
          return chunk({ type: 'start', messageId: runId, messageMetadata: { runId } })
        case 'run-yield':
          return value(event.value)
        case 'run-end':
          return end(event)
        default:
          return ''
      }
    },
    failure,
    heartbeat: ':\n\n',
  }
}

const done = 'data: [DONE]\n\n'

function chunk(part: object): string {
  return `data: ${JSON.stringify(part)}\n\n`
}

/** The protocol knows a source by its title and address; what else it has goes along as ours. */
function sourceOf({ title, url, ...more }: Source, sourceId: string): object {
  return {
    ...(url === undefined
      ? { type: 'source-document', sourceId, mediaType: 'text/plain', title }
      : { type: 'source-url', sourceId, url, title }),
    ...(Object.keys(more).length === 0 ? {} : { providerMetadata: { millrace: more } }),
  }
}
