import { fakeServices, lawBreaches, rounds, roundsTimeout } from '@millrace/engine/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runStreaming } from '../../testing/ask-chat-node.server.ts'
import { fastForward, useFakeClock } from '../../testing/fake-clock.ts'
import {
  resetAfter,
  startRawProvider,
  WireAnswer,
  write,
} from '../../testing/raw-provider.server.ts'
import { runNodes, yieldsOf } from '../../testing/run-nodes.server.ts'
import { errorOf, eventsOf, readPart } from '../../testing/stream-part.server.ts'
import { bytesOf, vendorStreams } from '../../testing/vendor-streams.server.ts'

/** A chat whose every message is yielded. */
const chat = {
  nodes: [
    {
      id: 'chat',
      type: 'openai.streamingChatCompletion',
      properties: { connection: 'test', modelId: 'm', userPrompt: 'Hi' },
    },
    { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'message.content' } } },
  ],
  edges: ['chat.forEachMessage > yield'],
}

/** So many numbers from `start` to before `end`, at equal distances: all of them in the long suite. */
function spread(start: number, end: number, short: number): readonly number[] {
  const all = end - start
  const count = Math.min(all, rounds({ short, long: all }))
  return Array.from({ length: count }, (_, index) => start + Math.floor((index * all) / count))
}

describe.each([...vendorStreams])('a reset of the stream of $name', (stream) => {
  const wire = new WireAnswer(eventsOf(bytesOf(stream)))
  const offsets = spread(wire.headLength, wire.bytes.length, 12)

  it(
    '[E1] [S36] leaves exactly the messages before it and one typed end, at any byte',
    { timeout: roundsTimeout },
    async () => {
      await using provider = await startRawProvider((socket, number) =>
        resetAfter(socket, wire.bytes.subarray(0, offsets[number - 1])),
      )
      const connection = {
        id: 'test',
        kind: 'openai',
        name: 'Test',
        fields: { baseUrl: provider.url },
      }
      const services = fakeServices({ connections: [connection] })
      for (const offset of offsets) {
        const events = await runNodes({ ...chat, services })
        const part = readPart(wire.bodyBefore(offset))
        const code = errorOf(part, 'upstream_disconnected')
        const ends = events.flatMap((event) => (event.type === 'run-end' ? [event] : []))
        expect(
          {
            messages: yieldsOf(events),
            ends: ends.map(({ outcome, error }) => [outcome, error?.code]),
            breaches: lawBreaches(events),
          },
          `at ${offset}`,
        ).toEqual({
          messages: part.messages,
          ends: [[code === undefined ? 'completed' : 'failed', code]],
          breaches: [],
        })
      }
    },
  )
})

describe('a reset of the head of an answer', () => {
  beforeEach(useFakeClock)
  afterEach(() => void vi.useRealTimers())

  it('[S40] is followed by another attempt, at any byte', { timeout: roundsTimeout }, async () => {
    const [stream] = vendorStreams
    const wire = new WireAnswer(eventsOf(stream === undefined ? Buffer.of() : bytesOf(stream)))
    const services = fakeServices()
    // The last byte of the head makes it an answer, which has begun.
    for (const offset of spread(0, wire.headLength, 8)) {
      await using provider = await startRawProvider((socket, number) =>
        number === 1
          ? resetAfter(socket, wire.bytes.subarray(0, offset))
          : write(socket, wire.bytes),
      )
      const asked = runStreaming({ url: provider.url, services })
      const { response, calls } = await fastForward(asked)
      expect(response?.content, `at ${offset}`).toBe(stream?.messages.join(''))
      expect(calls).toHaveLength(2)
    }
  })
})
