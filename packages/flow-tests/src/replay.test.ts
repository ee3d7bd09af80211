import { readFileSync } from 'node:fs'
import {
  bytesAnswer,
  cutBytes,
  startFakeModelServer,
  textAnswer,
} from '@millrace/e2e/fake-model-server'
import { fakeServices } from '@millrace/engine/testing'
import type { FlowTest, RunEvent } from '@millrace/flow'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Replay } from './replay.ts'
import { runFlowTest } from './run-flow-test.ts'
import { stubConnections } from './stub-connection.ts'
import { testOfRun } from './test-of-run.ts'
import { chatFlow, eventsOf, modelAt, recorded, tested } from './testing/recorded-chat.ts'
import { VirtualClock } from './virtual-clock.ts'
import { registry } from '@millrace/nodes'

const flow = chatFlow()
const stream = readFileSync(new URL('../../nodes/src/testing/streams/openai.sse', import.meta.url))

/** A run without what differs from one to the next. */
function comparable(events: readonly RunEvent[]): readonly unknown[] {
  const changing = new Set(['at', 'startedAt', 'firstByteMs', 'ms', 'runId'])
  return events.map((event) =>
    Object.fromEntries(Object.entries(event).filter(([key]) => !changing.has(key))),
  )
}

/** The values of a run, without how many of them one read of the socket held. */
function values(events: readonly RunEvent[]): readonly unknown[] {
  return events.flatMap((event) => (event.type === 'run-yield' ? [event.value] : []))
}

async function replayed(test: FlowTest): Promise<readonly RunEvent[]> {
  const clock = new VirtualClock()
  const connectionOf = stubConnections(flow, registry)
  const services = {
    ...fakeServices(clock),
    connections: { get: async (id: string) => connectionOf(id) },
    exchanges: new Replay(test),
  }
  return await eventsOf(flow, services, test.input)
}

describe('a replayed run', () => {
  it('[T1] is the recorded one, by each of its events', async () => {
    const answer = textAnswer('Water turns the wheel', { delayMs: 5 })
    await using provider = await startFakeModelServer({ models: { 'gpt-4o-mini': answer } })
    const run = await recorded(flow, [modelAt(provider.url)])
    const events = await replayed(testOfRun('answers', run))
    expect(values(events)).toEqual(['Water', ' turns', ' the', ' wheel'])
    expect(comparable(events)).toEqual(comparable(run.events))
    expect(provider.requests).toHaveLength(1)
  })

  it('[T1] [T8] passes the test that was made of it', async () => {
    await using provider = await startFakeModelServer()
    const test = testOfRun('greets', await recorded(flow, [modelAt(provider.url)]))
    expect(await runFlowTest(tested(flow), test)).toMatchObject({ passed: true, differences: [] })
  })

  it('[T1] yields the same wherever the bytes of the stream were cut', async () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 12 })
    const expected = values(await replayed(testWith([stream])))
    expect(expected).toHaveLength(11)
    await fc.assert(
      fc.asyncProperty(cuts, async (offsets) => {
        const pieces = cutBytes(
          stream,
          offsets.toSorted((left, right) => left - right),
        )
        expect(values(await replayed(testWith(pieces)))).toEqual(expected)
      }),
      { numRuns: 100, seed: 4 },
    )
  })

  it('[T1] yields the same as the network did, wherever that cut the bytes', async () => {
    const pieces = cutBytes(stream, [7, 300, 301, 1111, 1500])
    await using provider = await startFakeModelServer({
      models: { 'gpt-4o-mini': bytesAnswer(pieces, { delayMs: 2 }) },
    })
    const run = await recorded(flow, [modelAt(provider.url)])
    const test = testOfRun('cut', run)
    expect(values(await replayed(test))).toEqual(values(run.events))
    expect(await runFlowTest(tested(flow), test)).toMatchObject({ passed: true })
  })

  it('[T1] fails as the recorded run did, when the provider broke off', async () => {
    const answer = textAnswer('Water turns the wheel', { end: { cutAfterEvents: 3 } })
    await using provider = await startFakeModelServer({ models: { 'gpt-4o-mini': answer } })
    const test = testOfRun('breaks', await recorded(flow, [modelAt(provider.url)]))
    expect(test.expect).toEqual({
      outcome: 'failed',
      yields: ['Water', ' turns'],
      error: { code: 'upstream_disconnected', node: 'chat' },
    })
    expect(await runFlowTest(tested(flow), test)).toMatchObject({ passed: true })
  })
})

function testWith(pieces: readonly Uint8Array[]): FlowTest {
  return {
    name: 'cut',
    input: { prompt: 'Hi' },
    recordings: {
      chat: [
        {
          request: { method: 'POST', path: '/v1/chat/completions' },
          status: 200,
          headers: { 'content-type': 'text/event-stream' },
          pieces: pieces.map((bytes, index) => [
            index,
            { base64: Buffer.from(bytes).toString('base64') },
          ]),
        },
      ],
    },
    expect: {},
  }
}
