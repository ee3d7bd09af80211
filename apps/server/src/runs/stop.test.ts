import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Flow, FlowNode, RunEvent } from '@millrace/flow'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chatFlow } from '../testing/chat-flow.ts'
import { endlessAnswer, tokensAnswer, type FakeModel } from '../testing/fake-model.ts'
import { openLiveClient } from '../testing/live-client.ts'
import { rounds, roundsTimeout } from '@millrace/engine/testing'
import { startServerWithModel, type ServerWithModel } from '../testing/server-with-model.ts'
import type { TestServer } from '../testing/test-server.ts'

let server: TestServer
let model: FakeModel
let close: ServerWithModel['close']
beforeAll(async () => {
  ;({ server, model, close } = await startServerWithModel())
  await store(chatFlow('chat'))
  await store(guarded)
  await store(calling)
})
afterAll(() => close())
beforeEach(() => model.answerWith(endlessAnswer))

const input = { sessionId: 's1', prompt: 'Hi' }
const store = (flow: Flow) => server.call('POST', '/api/flows', { body: flow })
const say = (id: string, value: string): FlowNode => ({
  id,
  type: 'flow.yieldReturn',
  properties: { value },
})

/** A chat in a *Try* with a *Finally*; and what comes after both. */
const guarded: Flow = {
  ...chatFlow('guarded'),
  nodes: [
    ...chatFlow('guarded').nodes,
    { id: 'try', type: 'flow.tryCatch' },
    say('caught', 'caught'),
    say('cleaned', 'cleaned'),
    say('later', 'later'),
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'try' },
    { from: ['try', 'try'], to: 'chat' },
    { from: ['chat', 'forEachMessage'], to: 'yield' },
    { from: ['chat', 'continue'], to: 'later' },
    { from: ['try', 'catch'], to: 'caught' },
    { from: ['try', 'finally'], to: 'cleaned' },
  ],
}

const calling: Flow = {
  format: 'millrace/flow',
  version: 1,
  id: 'calling',
  name: 'calling',
  nodes: [
    {
      id: 'call',
      type: 'flow.runFlow',
      properties: {
        flow: 'chat',
        inputs: [
          { name: 'prompt', value: 'Hi' },
          { name: 'sessionId', value: 's1' },
        ],
      },
    },
  ],
  edges: [],
}

/** Starts a run in the background and waits until it has yielded; `seq` is the number of that. */
async function startRun(flow: string): Promise<{ readonly runId: string; readonly seq: number }> {
  const { json } = await server.call('POST', `/api/flows/${flow}/submit`, {
    body: input,
  })
  const client = await openLiveClient(server.url)
  client.send({ type: 'attach', runId: json.runId })
  const { seq } = await client.until(({ type }) => type === 'run-yield')
  client.socket.terminate()
  return { runId: json.runId, seq }
}

const stop = (runId: string) => server.call('POST', `/api/runs/${runId}/stop`)

async function eventsOf(runId: string): Promise<readonly RunEvent[]> {
  const { text } = await server.call('GET', `/api/runs/${runId}/events`, {
    headers: { accept: 'application/x-ndjson' },
  })
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** The state of a run as the disk has it at this moment. */
function storedState(runId: string): unknown {
  const file = new DatabaseSync(join(server.directory, 'runs.db'), { readOnly: true })
  try {
    return file.prepare('SELECT state FROM runs WHERE id = ?').get(runId)?.['state']
  } finally {
    file.close()
  }
}

describe('stopping a run', () => {
  it('[E9] answers when its end is stored; only what must run finally has started since', async () => {
    const { runId, seq } = await startRun('guarded')
    const { status, json } = await stop(runId)
    expect([status, json.state, storedState(runId)]).toEqual([200, 'cancelled', 'cancelled'])
    const events = await eventsOf(runId)
    expect(events.at(-1)).toMatchObject({ type: 'run-end', outcome: 'cancelled' })
    const started = events
      .filter((event) => event.seq > seq)
      .flatMap((event) => (event.type === 'node-start' ? [event.nodeId] : []))
    expect(started).toEqual(['cleaned'])
    expect(events).toContainEqual(expect.objectContaining({ type: 'run-yield', value: 'cleaned' }))
    await expect.poll(async () => (await model.requests.at(-1)?.ended)?.how).toBe('client-left')
  })

  it('answers several who stop it at once, and any later one, alike', async () => {
    const { runId } = await startRun('chat')
    const answers = await Promise.all([stop(runId), stop(runId), stop(runId)])
    answers.push(await stop(runId))
    const [first] = answers
    expect(first?.json.state).toBe('cancelled')
    for (const { status, json } of answers) expect([status, json]).toEqual([200, first?.json])
  })

  it(
    '[E1] [E9] ends a run that is stopped in the moment it starts, and leaves its model',
    { timeout: roundsTimeout },
    async () => {
      const client = await openLiveClient(server.url)
      for (let round = 0; round < rounds({ short: 10, long: 200 }); round += 1) {
        const asked = model.requests.length
        client.send({ type: 'start', ref: `${round}`, flowId: 'chat', input })
        const { runId } = await client.frame('started')
        await afterTurns(round % 10)
        expect((await stop(runId)).json.state).toBe('cancelled')
        const events = await eventsOf(runId)
        expect(events.filter(({ type }) => type === 'run-end')).toHaveLength(1)
        for (const { ended } of model.requests.slice(asked)) {
          expect(await ended).toMatchObject({ how: 'client-left' })
        }
      }
      client.socket.terminate()
    },
  )

  it('[R5] stops what it calls with it, and not it with what it calls', async () => {
    const { runId: first } = await startRun('calling')
    const { runId: second } = await startRun('calling')
    const { json } = await server.call('GET', '/api/runs?flow=chat&limit=2&state=running')
    const children: readonly { id: string; parentRunId: string }[] = json.runs
    const childOf = (caller: string) =>
      children.find(({ parentRunId }) => parentRunId === caller)?.id ?? ''
    expect((await stop(first)).json.state).toBe('cancelled')
    expect(storedState(childOf(first))).toBe('cancelled')
    expect((await stop(childOf(second))).json.state).toBe('cancelled')
    expect((await eventsOf(second)).at(-1)).toMatchObject({
      outcome: 'failed',
      error: { code: 'cancelled', nodeId: 'call', details: { childRunId: childOf(second) } },
    })
  })

  it(
    '[E1] gives a run that ends in the same moment one end, which is what it answers',
    { timeout: roundsTimeout },
    async () => {
      const outcomes = new Set<string>()
      for (let round = 0; round < rounds({ short: 30, long: 1000 }); round += 1) {
        const proceed = Promise.withResolvers<void>()
        model.answerWith(tokensAnswer(['one', 'two'], { afterTokens: 1, until: proceed.promise }))
        const { runId } = await startRun('chat')
        const turns = round % 20
        const stopping = afterTurns(Math.max(0, turns - 10)).then(() => stop(runId))
        await afterTurns(Math.max(0, 10 - turns))
        proceed.resolve()
        const { status, json } = await stopping
        const ends = (await eventsOf(runId)).filter(({ type }) => type === 'run-end')
        expect([status, ends]).toMatchObject([200, [{ outcome: json.state }]])
        outcomes.add(json.state)
      }
      expect(['completed', 'cancelled']).toEqual(expect.arrayContaining([...outcomes]))
    },
  )
})

/** Lets the event loop turn so many times. */
async function afterTurns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate)
}
