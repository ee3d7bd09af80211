import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bytesOf,
  cutAt,
  vendorStreams,
  vendorStreamsFolder,
  type VendorStream,
} from '../../testing/vendor-streams.server.ts'
import { ChatStream } from './chat-stream.ts'

/** Everything that a stream says of these bytes. */
function read(pieces: readonly Uint8Array[]) {
  const stream = new ChatStream('Test', (words) => words)
  const messages: string[] = []
  for (const piece of pieces) {
    stream.push(piece)
    messages.push(...stream.takeDeltas())
  }
  stream.finish()
  const { finishReason, modelId, usage, refusal, isDone, failure } = stream
  return { messages, finishReason, modelId, usage, refusal, isDone, error: failure?.code }
}

function expected(stream: VendorStream) {
  const { messages, finishReason, modelId, usage, refusal = null, error } = stream
  return { messages, finishReason, modelId, usage, refusal, isDone: error === undefined, error }
}

it('has an expectation for each stream in the folder, and a stream for each expectation', () => {
  const names = vendorStreams.map(({ name }) => `${name}.sse`)
  expect(readdirSync(vendorStreamsFolder).toSorted()).toEqual(names.toSorted())
})

describe.each([...vendorStreams])('the stream of $name: $about', { timeout: 60_000 }, (stream) => {
  const bytes = bytesOf(stream)

  it('gives its text, finish reason, model and usage', () => {
    expect(read([bytes])).toEqual(expected(stream))
  })

  it('[S27] gives the same from every two pieces', () => {
    const whole = JSON.stringify(expected(stream))
    for (let at = 0; at <= bytes.length; at += 1) {
      // Compared as text, of thousands of times; the whole values only where they differ.
      const found = read(cutAt(bytes, [at]))
      if (JSON.stringify(found) !== whole) expect(found, `at ${at}`).toEqual(expected(stream))
    }
  })

  it('[S27] gives the same from single bytes', () => {
    expect(read(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(expected(stream))
  })

  it('[S37] reads bytes that were changed on the way without breaking', () => {
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const changed = Uint8Array.from(bytes)
        for (const [at, byte] of changes) changed[at] = byte
        const { error, messages } = read([changed])
        expect([undefined, 'provider_failed', 'upstream_protocol']).toContain(error)
        for (const message of messages) expect(message).toBeTypeOf('string')
      }),
      { numRuns: 200 },
    )
  })

  it('[S27] gives the same from any pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { minLength: 2, maxLength: 12 }), (offsets) => {
        expect(read(cutAt(bytes, offsets))).toEqual(expected(stream))
      }),
      { numRuns: 1000 },
    )
  })
})
