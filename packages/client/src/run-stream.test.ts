import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createClient } from './client.ts'
import { end, value } from './testing/fake-server.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** How one connection goes: it is never had, or cut after so many bytes, which come in such pieces. */
type Fate = 'refused' | { readonly bytes: number; readonly pieces: readonly number[] }

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 1, arbitrary: fc.constant('refused' as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      bytes: fc.nat(160),
      pieces: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
    }),
  },
)

/** A server that serves a run of these values from after any of its events, through such a network. */
function serve(values: readonly unknown[], fates: readonly Fate[]): typeof fetch {
  const rest = [...fates]
  const seqOf = (index: number) => 2 + index * 3
  return (url) => {
    const next = rest.shift()
    if (next === 'refused') return Promise.reject(new TypeError('refused'))
    const after = Number(
      new URL(url instanceof Request ? url.url : url).searchParams.get('after') ?? 0,
    )
    const text = values.map((one, index) => (seqOf(index) > after ? value(seqOf(index), one) : ''))
    const bytes = new TextEncoder().encode(`${text.join('')}${end(seqOf(values.length))}`)
    const body = next === undefined ? whole(bytes) : cut(bytes, next)
    const headers = { 'content-type': 'text/event-stream', 'x-run-id': 'run-1' }
    return Promise.resolve(new Response(body, { headers }))
  }
}

function whole(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return cut(bytes, { bytes: bytes.length, pieces: [bytes.length] })
}

function cut(
  bytes: Uint8Array,
  { bytes: length, pieces }: Exclude<Fate, 'refused'>,
): ReadableStream<Uint8Array> {
  let sent = 0
  let count = 0
  return new ReadableStream({
    pull(controller) {
      if (sent >= length || sent >= bytes.length) return controller.error(new TypeError('cut'))
      const piece = pieces[count % pieces.length] ?? 1
      controller.enqueue(bytes.slice(sent, Math.min(sent + piece, length)))
      sent += piece
      count += 1
    },
  })
}

it('gives each value once and in order through any network, to a reader that leaves and comes back', async () => {
  const values = fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 20 })
  const leavesAfter = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(
      values,
      fc.array(fate, { maxLength: 12 }),
      leavesAfter,
      async (all, fates, leaves) => {
        const client = createClient({ baseUrl: 'http://server', fetch: serve(all, fates) })
        const seen: unknown[] = []
        async function read(): Promise<void> {
          const run = await client.stream('chat', {})
          for (const count of [...leaves, Infinity]) {
            let left = count
            for await (const one of run) {
              seen.push(one)
              left -= 1
              if (left === 0) break
            }
          }
          expect(run.summary?.outcome).toBe('completed')
        }
        const reading = read()
        reading.catch(() => undefined)
        await vi.runAllTimersAsync()
        await reading
        expect(seen).toEqual(all.map((one) => JSON.parse(JSON.stringify(one)) as unknown))
      },
    ),
  )
})
