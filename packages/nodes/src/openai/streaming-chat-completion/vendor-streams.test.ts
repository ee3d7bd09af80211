import { fakeServices } from '@millrace/engine/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runStreaming, type ChatRun } from '../../testing/ask-chat-node.server.ts'
import {
  breaksAfter,
  startProvider,
  streams,
  type ProviderScript,
} from '../../testing/scripted-provider.server.ts'
import {
  bytesOf,
  cutAt,
  vendorStreams,
  type VendorStream,
} from '../../testing/vendor-streams.server.ts'

/** A run of the node for each script, one after another, over one connection as far as it lasts. */
async function runAll(scripts: readonly ProviderScript[]): Promise<readonly ChatRun[]> {
  await using provider = await startProvider((response, request, number) =>
    scripts[number - 1]?.(response, request, number),
  )
  const services = fakeServices()
  const runs: ChatRun[] = []
  for (const _ of scripts) runs.push(await runStreaming({ url: provider.url, services }))
  return runs
}

function said({ messages, response, error }: ChatRun) {
  return { messages: messages.map(({ content }) => content), response, error: error?.code }
}

function expected({ messages, finishReason, modelId, usage, refusal, error }: VendorStream) {
  const content = messages.join('')
  const response: unknown = expect.objectContaining({
    content,
    finishReason,
    modelId,
    usage,
    refusal: refusal ?? null,
  })
  return { messages, response: error === undefined ? response : undefined, error }
}

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

/** Finish reasons of answers that were broken off. */
const breaks = ['error', 'abort', 'insufficient_system_resource']

interface Part {
  readonly messages: readonly string[]
  readonly isComplete: boolean
  readonly hasError: boolean
}

/** What the complete events in a part of a stream say, read as simply as can be. */
function readPart(bytes: Uint8Array): Part {
  const text = new TextDecoder().decode(bytes)
  const events = text.split(/\r\n\r\n|\n\n|\r\r/).slice(0, -1)
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

describe.each([...vendorStreams])('the stream of $name', { timeout: 60_000 }, (stream) => {
  const bytes = bytesOf(stream)

  it('[S27] gives the same messages and response over a socket, however it is cut', async () => {
    const cuts = fc.sample(fc.array(fc.nat(bytes.length), { maxLength: 6 }), {
      numRuns: 5,
      seed: 1,
    })
    const runs = await runAll(cuts.map((offsets) => streams(...cutAt(bytes, offsets))))
    for (const run of runs) expect(said(run)).toEqual(expected(stream))
  })

  it('[S33] [S35] is never a success when it ends before its end, at whichever event', async () => {
    // One character for each byte, so that places in the text are places in the bytes.
    const text = Buffer.from(bytes).toString('latin1')
    const ends = Array.from(text.matchAll(/\r\n\r\n|\n\n|\r\r/g)).map(({ 0: blank, index }) =>
      bytes.subarray(0, index + blank.length),
    )
    const parts = [new Uint8Array(), ...ends]
    const runs = await runAll(parts.map((part) => streams(part)))
    for (const [index, run] of runs.entries()) {
      const part = readPart(parts[index] ?? bytes)
      expect(said(run)).toMatchObject({
        messages: part.messages,
        error: errorOf(part, 'upstream_truncated'),
      })
      if (run.error !== undefined)
        expect(run.error.details?.['partial']).toBe(part.messages.join(''))
    }
  })

  it('[S36] gives exactly the messages before a break, at any byte', async () => {
    const offsets = Array.from({ length: 25 }, (_, index) =>
      Math.floor((index * bytes.length) / 25),
    )
    const runs = await runAll(offsets.map((offset) => breaksAfter(bytes.subarray(0, offset))))
    for (const [index, run] of runs.entries()) {
      const part = readPart(bytes.subarray(0, offsets[index]))
      expect(said(run), `at ${offsets[index]}`).toMatchObject({
        messages: part.messages,
        error: errorOf(part, 'upstream_disconnected'),
      })
    }
  })
})

function errorOf({ isComplete, hasError }: Part, cut: string): string | undefined {
  if (hasError) return 'provider_failed'
  return isComplete ? undefined : cut
}
