import { startFakeModelServer, textAnswer } from '@millrace/e2e/fake-model-server'
import { createServices } from '@millrace/engine'
import { fakeServices } from '@millrace/engine/testing'
import type { Flow, RunEvent } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import { exchangeOf } from '@millrace/nodes/server'
import { describe, expect, it } from 'vitest'
import { runFlowTest } from './run-flow-test.ts'
import { testOfLog, type LoggedRun } from './test-of-log.ts'
import { chatFlow, eventsOf, flowOf, modelAt, secretKey, tested } from './testing/recorded-chat.ts'

function logged(flow: Flow, events: readonly RunEvent[]): LoggedRun {
  return { flow, registry, events, secrets: new Set([secretKey]), exchangeOf }
}

/** The events without what a summary leaves out. */
function summaryOf(events: readonly RunEvent[]): readonly RunEvent[] {
  return events.flatMap((event): readonly RunEvent[] => {
    switch (event.type) {
      case 'node-input':
      case 'node-delta':
        return []
      case 'node-call': {
        const { request: _, ...rest } = event
        return [rest]
      }
      case 'node-end': {
        const { outputs: _, ...rest } = event
        return [rest]
      }
      case 'run-start':
        return [{ ...event, trace: 'summary' }]
      default:
        return [event]
    }
  })
}

const shout = flowOf(
  [
    { id: 'trigger', type: 'chat.trigger' },
    {
      id: 'end',
      type: 'flow.return',
      properties: { value: { $expr: 'chatCompletionRequest.prompt.upperAscii()' } },
    },
  ],
  ['trigger.next > end'],
)

describe('a test of a log', () => {
  it('[T12] tells a stream again, and passes on what the run answered', async () => {
    await using provider = await startFakeModelServer({
      models: { 'gpt-4o-mini': textAnswer('Hello you, my friend') },
    })
    const services = fakeServices({ connections: [modelAt(provider.url)] })
    const events = await eventsOf(chatFlow(), services, { prompt: 'Hi' })
    const test = testOfLog('greets', logged(chatFlow(), events))
    expect(test.expect).toMatchObject({ outcome: 'completed', text: 'Hello you, my friend' })
    expect(await runFlowTest(tested(chatFlow()), test)).toMatchObject({
      passed: true,
      differences: [],
    })
    const changed = await runFlowTest(tested(chatFlow({ systemPrompt: 'You are rude.' })), test)
    expect(changed.differences[0]?.at).toBe('recordings.chat[0].request.body.messages[0].content')
  })

  it('[T12] gives nodes that asked the outside what they gave', async () => {
    await using provider = await startFakeModelServer({ models: { m: textAnswer('Four') } })
    const flow = flowOf(
      [
        { id: 'trigger', type: 'chat.trigger' },
        {
          id: 'chat',
          type: 'openai.chatCompletion',
          properties: { connection: 'model', modelId: 'm', userPrompt: 'Two and two?' },
        },
        { id: 'end', type: 'flow.return', properties: { value: { $ref: 'response.content' } } },
      ],
      ['trigger.next > chat', 'chat.next > end'],
    )
    const services = fakeServices({ connections: [modelAt(provider.url)] })
    const events = await eventsOf(flow, services, { prompt: 'Hi' })
    const test = testOfLog('adds', logged(flow, events))
    expect(test).toMatchObject({
      outputs: { chat: [{ response: { content: 'Four' } }] },
      expect: { outcome: 'completed', result: 'Four' },
    })
    expect(await runFlowTest(tested(flow), test)).toMatchObject({ passed: true })
    expect(() => testOfLog('adds', logged(flow, summaryOf(events)))).toThrow(
      'What "Chat completion" got in this run was not recorded',
    )
  })

  it('[T12] needs no values of a run that asked nothing of the outside', async () => {
    const events = await eventsOf(shout, createServices({}), { prompt: 'Hi' })
    const test = testOfLog('shouts', logged(shout, summaryOf(events)))
    expect(test).toMatchObject({ input: { prompt: 'Hi' }, expect: { result: 'HI' } })
    expect(await runFlowTest(tested(shout), test)).toMatchObject({ passed: true })
  })

  it('[T7] holds no secret of a connection', async () => {
    const events = await eventsOf(shout, createServices({}), { prompt: `It is ${secretKey}` })
    expect(JSON.stringify(testOfLog('tells', logged(shout, events)))).not.toContain(secretKey)
  })

  it('[T11] is not made of a run that was stopped, or of a node that failed', async () => {
    await using provider = await startFakeModelServer({ apiKey: 'another' })
    const services = fakeServices({ connections: [modelAt(provider.url)] })
    const events = await eventsOf(chatFlow(), services, { prompt: 'Hi' })
    expect(() => testOfLog('fails', logged(chatFlow(), events))).toThrow('failed in this run')
    const stopped = events.map((event) =>
      event.type === 'run-end' ? { ...event, outcome: 'cancelled' as const } : event,
    )
    expect(() => testOfLog('stops', logged(chatFlow(), stopped))).toThrow('did not end by itself')
  })
})
