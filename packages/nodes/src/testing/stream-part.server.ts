import type { ErrorCode } from '@millrace/flow'

/** What of a chunk the tests need. */
interface Chunk {
  readonly object?: string
  readonly error?: unknown
  readonly x_groq?: { readonly error?: string }
  readonly choices?: readonly {
    readonly delta?: { readonly content?: string | readonly ContentPart[] | null }
    readonly finish_reason?: string | null
  }[]
}

interface ContentPart {
  readonly type: string
  readonly text?: string
}

/** The end of a line and one more; a CR ends one at once, and an LF that follows belongs to it. */
const blankLine = /(?:\r\n|\n|\r(?!\n)){2}/g

/** Finish reasons of answers that were broken off. */
const breaks = ['error', 'abort', 'insufficient_system_resource']

/** What the complete events in a part of a stream say. */
export interface StreamPart {
  readonly messages: readonly string[]
  readonly isComplete: boolean
  readonly hasError: boolean
}

/** Reads a part of a stream as simply as can be: what a node that got it must have said. */
export function readPart(bytes: Uint8Array): StreamPart {
  const text = new TextDecoder().decode(bytes)
  const events = text.split(blankLine).slice(0, -1)
  const data = events.flatMap((event) => /^data: (.*)$/m.exec(event)?.[1] ?? [])
  const chunks = data.filter((json) => json !== '[DONE]').map((json) => JSON.parse(json) as Chunk) // of our own files
  const isError = (chunk: Chunk) =>
    'error' in chunk || chunk.object === 'error' || chunk.x_groq?.error !== undefined
  const choices = chunks.flatMap((chunk) => (isError(chunk) ? [] : (chunk.choices ?? [])))
  const reasons = choices.flatMap((choice) => choice.finish_reason ?? [])
  return {
    messages: choices.flatMap(({ delta }) => textOf(delta?.content) || []),
    isComplete: data.includes('[DONE]') || reasons.length > 0,
    hasError: chunks.some(isError) || reasons.some((reason) => breaks.includes(reason)),
  }
}

function textOf(content: string | readonly ContentPart[] | null | undefined): string {
  if (typeof content === 'string') return content
  return (content ?? []).flatMap(({ type, text }) => (type === 'text' ? (text ?? '') : [])).join('')
}

/** The events of a stream, each with the blank line that ends it. */
export function eventsOf(bytes: Uint8Array): readonly Uint8Array[] {
  // One character for each byte, so that places in the text are places in the bytes.
  const text = Buffer.from(bytes).toString('latin1')
  let start = 0
  return Array.from(text.matchAll(blankLine), ({ 0: blank, index }) => {
    const event = bytes.subarray(start, index + blank.length)
    start = index + blank.length
    return event
  })
}

/** What a node fails with that got this part; `cut` when it was complete in no way. */
export function errorOf(
  { isComplete, hasError }: StreamPart,
  cut: ErrorCode,
): ErrorCode | undefined {
  if (hasError) return 'provider_failed'
  return isComplete ? undefined : cut
}
