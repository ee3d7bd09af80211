import { lawBreaches } from '@millrace/engine/testing'
import { createRegistry, takeOver, type RunEvent } from '@millrace/flow'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { registry as shipped } from '../registry.ts'
import { anyProgram } from './testing/any-program.ts'
import { flowOfProgram } from './testing/flow-of-program.ts'
import { prepareProgram } from './testing/run-program.server.ts'
import { streamNode } from './testing/stream-node.server.ts'

const seed = 20_261_127
/** Many runs, which a busy machine may take long for. */
const timeout = 60_000
const registry = createRegistry({
  nodes: [...shipped.nodes.values(), streamNode],
  connections: [...shipped.connections.values()],
})

/** The number of the event with which the first visit of a node started, or ended; 0 for none. */
function firstOf(events: readonly RunEvent[], nodeId: string, edge: 'start' | 'end'): number {
  const start = events.find((event) => event.type === 'node-start' && event.nodeId === nodeId)
  if (start?.type !== 'node-start' || edge === 'start') return start?.seq ?? 0
  const end = events.find(
    (event) =>
      (event.type === 'node-end' || event.type === 'node-error') && event.visit === start.visit,
  )
  return end?.seq ?? 0
}

/** What happened after an event, in words that do not depend on what came before it. */
function storyAfter(events: readonly RunEvent[], after: number): readonly string[] {
  const nodeIds = new Map<number, string>()
  return events.flatMap((event) => {
    if (event.type === 'node-start') nodeIds.set(event.visit, event.nodeId)
    if (event.seq <= after) return []
    switch (event.type) {
      case 'node-start':
        return [`start ${event.nodeId}`]
      case 'run-yield':
        return [`yield ${JSON.stringify(event.value)} of ${nodeIds.get(event.visit)}`]
      case 'node-end':
        return [`end ${nodeIds.get(event.visit)} ${JSON.stringify(event.outputs)}`]
      case 'run-end':
        return [`${event.outcome} ${JSON.stringify(event.result ?? null)} ${event.error?.code}`]
      default:
        return []
    }
  })
}

/** The events before a run was told until where it goes, without what differs from run to run. */
function beginning(events: readonly RunEvent[], upTo: number): readonly unknown[] {
  return events.slice(1, upTo).map((event) => ({ ...event, at: 0 }))
}

/** What is in a block of a disabled node is never come to, and the run says so instead of starting. */
function expectRefusal(thrown: unknown): { readonly events: readonly RunEvent[] } {
  expect(thrown).toMatchObject({ code: 'input_invalid' })
  return { events: [] }
}

/** The node behind which a run says that it stopped. */
function stopOf(events: readonly RunEvent[]): string | undefined {
  const end = events.at(-1)
  return end?.type === 'run-end' ? end.until : undefined
}

function startsOutsideOfFinally(events: readonly RunEvent[], after: number): readonly string[] {
  const isInFinally = new Map<number, boolean>()
  return events.flatMap((event) => {
    if (event.type !== 'node-start') return []
    const { visit, port, parent, nodeId, seq } = event
    const isInside =
      port === 'finally' || (parent !== undefined && isInFinally.get(parent) === true)
    isInFinally.set(visit, isInside)
    return isInside || seq <= after ? [] : [nodeId]
  })
}

describe('a random program that is run in part', { timeout }, () => {
  it('[E26] is as ever until the end of the node that it runs to, and starts nothing after it', async () => {
    const counts = { reached: 0, missed: 0 }
    await fc.assert(
      fc.asyncProperty(anyProgram, fc.nat(), async (program, choice) => {
        const flow = flowOfProgram(program)
        const until = flow.nodes[choice % flow.nodes.length]?.id ?? ''
        const runnable = prepareProgram(flow)
        const whole = (await runnable.run()).events
        const { events } = await runnable.run({ until }).catch(expectRefusal)
        if (events.length === 0) {
          expect(firstOf(whole, until, 'start')).toBe(0)
          return
        }
        expect(lawBreaches(events)).toEqual([])
        const end = firstOf(whole, until, 'end')
        const isReached = end > 0
        counts[isReached ? 'reached' : 'missed'] += 1
        const upTo = isReached ? end : whole.length
        expect(beginning(events, upTo)).toEqual(beginning(whole, upTo))
        if (isReached) expect(startsOutsideOfFinally(events, end)).toEqual([])
        expect(stopOf(events)).toBe(isReached ? until : undefined)
      }),
      { seed, numRuns: 300 },
    )
    expect(Math.min(counts.reached, counts.missed)).toBeGreaterThan(50)
  })

  it('[E24] [E27] goes on from a node as it did, with what a run before recorded', async () => {
    let pinnedNodes = 0
    await fc.assert(
      fc.asyncProperty(anyProgram, fc.nat(), async (program, choice) => {
        const flow = flowOfProgram(program)
        const runnable = prepareProgram(flow)
        const { events: whole } = await runnable.run()
        const visited = flow.nodes.filter(({ id }) => firstOf(whole, id, 'start') > 0)
        const asked = visited[choice % visited.length]?.id ?? ''
        const { from, pinned } = takeOver({ flow, events: whole }, flow, { registry, from: asked })
        const { events } = await runnable.run({ pinned })
        expect(lawBreaches(events)).toEqual([])
        expect(storyAfter(events, firstOf(events, from, 'start'))).toEqual(
          storyAfter(whole, firstOf(whole, from, 'start')),
        )
        pinnedNodes += Object.keys(pinned).length
      }),
      { seed, numRuns: 300 },
    )
    expect(pinnedNodes).toBeGreaterThan(100)
  })
})
