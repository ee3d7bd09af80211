import { fakeServices } from '@millrace/engine/testing'
import type { FlowNode, JsonObject, JsonValue, RunEvent, RunEventOf } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { runNodes, yieldsOf, type FlowDrawing } from '../../testing/run-nodes.server.ts'

const call = (flow: string, properties: JsonObject = {}): FlowNode => ({
  id: `call_${flow}`,
  type: 'flow.runFlow',
  properties: { flow, ...properties },
})
const yields = (id: string, value: JsonValue): FlowNode => ({
  id,
  type: 'flow.yieldReturn',
  properties: { value },
})
const returns = (value: JsonValue): FlowNode => ({
  id: 'return',
  type: 'flow.return',
  properties: { value },
})
const trigger = (fields: JsonValue): FlowNode => ({
  id: 'trigger',
  type: 'flow.trigger',
  properties: { fields },
})

const counting: FlowDrawing = {
  nodes: [yields('one', 1), yields('two', 2), yields('three', 3), returns('done')],
  edges: ['one.next > two', 'two.next > three', 'three.next > return'],
}
/** Services by which a wait ends only when its run is stopped. */
const endless = () =>
  fakeServices({
    wait: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error))
      }),
  })
/** Begins, and then waits until it is stopped. */
const hanging: FlowDrawing = {
  nodes: [
    yields('begun', 'begun'),
    { id: 'wait', type: 'flow.wait', properties: { duration: 60, unit: 'minutes' } },
  ],
  edges: ['begun.next > wait'],
}

function endOf(events: readonly RunEvent[]) {
  const end = events.at(-1)
  return end?.type === 'run-end' ? end : undefined
}
function callsOf(events: readonly RunEvent[]): readonly RunEventOf<'node-call'>[] {
  return events.filter((event) => event.type === 'node-call')
}

describe('flow.runFlow', () => {
  it('[R3] hands the yields of the other flow on to the client, and gives its result', async () => {
    const events = await runNodes({
      nodes: [yields('before', 0), call('counting'), returns({ $ref: 'result' })],
      edges: ['before.next > call_counting', 'call_counting.continue > return'],
      others: { counting },
    })
    expect(yieldsOf(events)).toEqual([0, 1, 2, 3])
    expect(endOf(events)?.result).toBe('done')
  })

  it('[R3] streams through a flow that itself runs another', async () => {
    const events = await runNodes({
      nodes: [call('outer'), yields('last', 'last')],
      edges: ['call_outer.continue > last'],
      others: {
        outer: {
          nodes: [call('counting'), returns('x')],
          edges: ['call_counting.continue > return'],
        },
        counting,
      },
    })
    expect(yieldsOf(events)).toEqual([1, 2, 3, 'last'])
  })

  it('[R3] lets its block take each value in turn instead', async () => {
    const events = await runNodes({
      nodes: [
        call('counting', { yieldVariable: 'number' }),
        yields('twice', { $expr: 'number * 2' }),
      ],
      edges: ['call_counting.forEachYield > twice'],
      others: { counting },
    })
    expect(yieldsOf(events)).toEqual([2, 4, 6])
  })

  it('[R1] gives the other flow its inputs by their names, and nothing when there are none', async () => {
    const other: FlowDrawing = {
      nodes: [
        {
          id: 'trigger',
          type: 'flow.trigger',
          properties: {
            fields: [{ name: 'text', type: 'text' }],
            defaultData: { text: 'by default' },
          },
        },
        returns({ $ref: 'triggerData.text' }),
      ],
      edges: ['trigger.next > return'],
    }
    const given = (properties: JsonObject) =>
      runNodes({
        nodes: [call('other', properties), returns({ $ref: 'result' })],
        edges: ['call_other.continue > return'],
        others: { other },
      })
    const events = await given({ inputs: [{ name: 'text', value: 'given' }] })
    expect(endOf(events)?.result).toBe('given')
    expect(endOf(await given({}))?.result).toBe('by default')
  })

  it('[R6] fails at its inputs when these do not fit, and the other flow does not run', async () => {
    const seen: string[] = []
    const events = await runNodes({
      nodes: [call('other', { inputs: [{ name: 'count', value: 'many' }] })],
      edges: [],
      others: {
        other: {
          nodes: [trigger([{ name: 'count', type: 'number' }]), returns(1)],
          edges: ['trigger.next > return'],
        },
      },
      onOtherEvent: ({ type }) => seen.push(type),
    })
    expect(endOf(events)?.error).toMatchObject({
      code: 'input_invalid',
      nodeId: 'call_other',
      property: 'inputs',
      details: { fields: [{ field: 'count', expected: 'number', found: 'text' }] },
    })
    expect(seen).toEqual([])
  })

  it('[R6] fails with the error of the other flow, located here, and says where it was there', async () => {
    const events = await runNodes({
      nodes: [call('other')],
      edges: [],
      others: {
        other: {
          nodes: [
            { id: 'ask', type: 'http.request', properties: { url: 'ftp://nowhere.example' } },
          ],
          edges: [],
        },
      },
    })
    expect(endOf(events)?.error).toEqual({
      code: 'input_invalid',
      message: expect.stringContaining(
        'The flow "other" failed: The URL is no web address.',
      ) as string,
      retryable: false,
      nodeId: 'call_other',
      property: 'flow',
      details: { childRunId: 'run-2', childNodeId: 'ask', childProperty: 'url' },
    })
  })

  it('[R7] records the call with the id of the other run', async () => {
    const events = await runNodes({ nodes: [call('counting')], edges: [], others: { counting } })
    expect(callsOf(events)).toMatchObject([{ kind: 'flow', attempt: 1, childRunId: 'run-2' }])
  })

  it('[R8] fails for a result of another type than it declares', async () => {
    const events = await runNodes({
      nodes: [call('counting', { resultType: 'number' })],
      edges: [],
      others: { counting },
    })
    expect(endOf(events)?.error).toMatchObject({
      code: 'input_invalid',
      message:
        'The flow "counting" returned text, where "Result type" says number. Change the type, or what that flow returns.',
      property: 'resultType',
    })
  })

  it('[R5] [R8] stops the other flow at a Break, and goes on with an empty result', async () => {
    const ends: unknown[] = []
    const events = await runNodes({
      nodes: [
        call('hanging', { resultType: 'text' }),
        { id: 'break', type: 'flow.break' },
        returns({ $text: ['<', { $ref: 'result' }, '>'] }),
      ],
      edges: ['call_hanging.forEachYield > break', 'call_hanging.continue > return'],
      others: { hanging },
      services: endless(),
      onOtherEvent: (event) => {
        if (event.type === 'run-end') ends.push(event.outcome)
      },
    })
    expect(endOf(events)).toMatchObject({ outcome: 'completed', result: '<>' })
    expect(ends).toEqual(['cancelled'])
  })

  it('[R5] stops the other flow when its block fails, and ends after it', async () => {
    const log: string[] = []
    const events = await runNodes({
      nodes: [
        call('hanging'),
        { id: 'ask', type: 'http.request', properties: { url: 'ftp://nowhere.example' } },
      ],
      edges: ['call_hanging.forEachYield > ask'],
      others: { hanging },
      services: endless(),
      onEvent: ({ type }) => log.push(`caller ${type}`),
      onOtherEvent: ({ type }) => log.push(`other ${type}`),
    })
    expect(endOf(events)?.error).toMatchObject({ code: 'input_invalid', nodeId: 'ask' })
    expect(log.indexOf('other run-end')).toBeGreaterThan(0)
    expect(log.indexOf('other run-end')).toBeLessThan(log.indexOf('caller run-end'))
  })

  it('[R5] stops the other flow when the caller is stopped, and ends after it', async () => {
    const stopping = new AbortController()
    const log: string[] = []
    const events = await runNodes({
      nodes: [call('hanging')],
      edges: [],
      others: { hanging },
      services: endless(),
      signal: stopping.signal,
      onEvent({ type }) {
        log.push(`caller ${type}`)
        if (type === 'run-yield') stopping.abort()
      },
      onOtherEvent: ({ type }) => log.push(`other ${type}`),
    })
    expect(endOf(events)?.outcome).toBe('cancelled')
    expect(log.indexOf('other run-end')).toBeLessThan(log.indexOf('caller run-end'))
  })

  it('[R4] lets a flow call itself, 16 levels deep and no deeper', async () => {
    const starts: string[] = []
    const itself: FlowDrawing = { nodes: [call('itself')], edges: [] }
    const events = await runNodes({
      ...itself,
      others: { itself },
      onOtherEvent: ({ type }) => {
        if (type === 'run-start') starts.push(type)
      },
    })
    expect(starts).toHaveLength(16)
    expect(endOf(events)?.error).toMatchObject({
      code: 'limit_exceeded',
      message: expect.stringMatching(
        /^The flow "itself" failed: The flow "itself" did not start: Flows call each other more than 16 levels deep/,
      ) as string,
      nodeId: 'call_itself',
      details: { limit: 'callDepth', max: 16, childRunId: 'run-2' },
    })
  })

  it('[R10] fails for a flow that does not exist', async () => {
    const events = await runNodes({ nodes: [call('missing')], edges: [], others: {} })
    expect(endOf(events)?.error).toMatchObject({
      code: 'not_found',
      nodeId: 'call_missing',
      property: 'flow',
    })
  })

  it('says so where no flow can be called', async () => {
    const events = await runNodes({ nodes: [call('counting')], edges: [] })
    expect(endOf(events)?.error).toMatchObject({ code: 'flow_invalid', property: 'flow' })
  })
})
