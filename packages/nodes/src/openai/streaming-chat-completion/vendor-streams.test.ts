import { fakeServices, rounds, roundsTimeout } from '@millrace/engine/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runStreaming, type ChatRun } from '../../testing/ask-chat-node.server.ts'
import {
  breaksAfter,
  startProvider,
  streams,
  type ProviderScript,
} from '../../testing/scripted-provider.server.ts'
import { errorOf, eventsOf, readPart } from '../../testing/stream-part.server.ts'
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

describe.each([...vendorStreams])(
  'the stream of $name',
  { timeout: 3 * roundsTimeout },
  (stream) => {
    const bytes = bytesOf(stream)

    it('[S27] gives the same messages and response over a socket, however it is cut', async () => {
      const cuts = fc.sample(fc.array(fc.nat(bytes.length), { maxLength: 6 }), {
        numRuns: rounds({ short: 5, long: 1000 }),
        seed: 1,
      })
      const runs = await runAll(cuts.map((offsets) => streams(...cutAt(bytes, offsets))))
      for (const run of runs) expect(said(run)).toEqual(expected(stream))
    })

    it('[S33] [S35] is never a success when it ends before its end, at whichever event', async () => {
      const events = eventsOf(bytes)
      const parts = Array.from({ length: events.length + 1 }, (_, count) =>
        Buffer.concat(events.slice(0, count)),
      )
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
  },
)
