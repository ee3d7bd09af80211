import { defineNode, type TraceLevel } from '@millrace/flow'
import { beforeEach, describe, expect, it } from 'vitest'
import { compile } from './compile.ts'
import { implement, type RunContext } from './implement.ts'
import { runFlow, type Run } from './run-flow.ts'
import { fakeServices } from './testing/fake-services.ts'
import { edges, fixtures, flowOf, node } from './testing/fixture-nodes.ts'
import { eventsOf } from './testing/run-fixture.ts'

/** A node whose visit a test speaks for, and ends. */
const speak = defineNode({
  type: 'test.speak',
  version: 1,
  kind: 'action',
  title: 'Speak',
  system: 'Test',
  category: 'output',
  icon: 'test',
  description: 'Streams what a test says.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {},
})
let visits: { readonly run: RunContext; end(error?: Error): void }[]
beforeEach(() => {
  visits = []
})
const speaking = implement(speak, async ({ run }) => {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  visits.push({ run, end: (error) => (error === undefined ? resolve() : reject(error)) })
  await promise
})

const once = flowOf([node('speak')], [])
const plans = [...fixtures, { nodes: [speaking] }]

function begin(trace: TraceLevel, flow = once): Run {
  return runFlow(compile(flow, plans), { input: {}, services: fakeServices(), trace })
}

/** What the log says of what was streamed, and of who watched. */
async function told(run: Run): Promise<readonly string[]> {
  return (await eventsOf(run)).flatMap((event) => {
    if (event.type === 'node-delta') return [event.delta]
    return event.type === 'node-log' ? [event.message] : []
  })
}

const watched = 'Everything is recorded from here on: Ada watches.'
const asBefore = 'It is recorded as before: nobody watches any more.'

describe('[E25] a raised trace', () => {
  it('is full while somebody watches, and as before when the last of them leaves', async () => {
    const run = begin('summary')
    const [visit] = visits
    visit?.run.delta('before ')
    const leave = run.raiseTrace('Ada')
    const leaveToo = run.raiseTrace('Bob')
    visit?.run.delta('both ')
    leave()
    leave()
    visit?.run.delta('one ')
    leaveToo()
    visit?.run.delta('none')
    visit?.end()
    expect(await told(run)).toEqual([
      watched,
      watched.replace('Ada', 'Bob'),
      'both ',
      'one ',
      asBefore,
    ])
  })

  it('lets out in its order what was held back until then, and holds back again afterwards', async () => {
    const run = begin('fullOnFailure')
    const [visit] = visits
    visit?.run.delta('1')
    const leave = run.raiseTrace('Ada')
    visit?.run.delta('2')
    leave()
    visit?.run.delta('3')
    visit?.end(new Error('no more'))
    expect(await told(run)).toEqual(['1', watched, '2', asBefore, '3'])
  })

  it('is not told of where everything is recorded anyway', async () => {
    const run = begin('full')
    run.raiseTrace('Ada')()
    visits[0]?.run.delta('all')
    visits[0]?.end()
    expect(await told(run)).toEqual(['all'])
  })

  it('records the visits in a loop that start from then on, each with its end', async () => {
    const run = begin(
      'summary',
      flowOf([node('repeat', { times: 3 }), node('speak')], edges('repeat.each -> speak')),
    )
    const next = async (count: number) => {
      await expect.poll(() => visits.length).toBe(count)
      return visits[count - 1]
    }
    const first = await next(1)
    const leave = run.raiseTrace('Ada')
    first?.run.delta('started unrecorded')
    first?.end()
    const second = await next(2)
    leave()
    second?.end()
    const third = await next(3)
    third?.end()
    const events = await eventsOf(run)
    const inLoop = events.filter((event) => 'visit' in event && (event.visit ?? 0) > 1)
    expect(inLoop.map(({ type }) => type)).toEqual(['node-start', 'node-end'])
  })

  it('[E14] ends no run by its limits', async () => {
    const flow = flowOf([node('speak'), node('say', { value: 'a' })], edges('speak -> say'))
    const run = runFlow(compile(flow, plans), {
      input: {},
      services: fakeServices(),
      limits: { steps: 3 },
    })
    for (let index = 0; index < 10; index += 1) run.raiseTrace('Ada')
    visits[0]?.run.delta('more than three')
    visits[0]?.end()
    expect(await run.end).toMatchObject({ outcome: 'completed' })
  })
})
