import { lawBreaches } from '@millrace/engine/testing'
import { FlowError, type Flow, type RunEvent } from '@millrace/flow'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyProgram } from './testing/any-program.ts'
import { flowOfProgram } from './testing/flow-of-program.ts'
import type { Program } from './testing/program.ts'
import { runModel, type Cut } from './testing/run-model.ts'
import { prepareProgram, type RunnableProgram } from './testing/run-program.server.ts'

const seed = 20_261_126
/** Many runs, which a busy machine may take long for. */
const timeout = 60_000

/** A run tells the story of its program, in a log that keeps the law and is plain JSON. */
async function expectStory(program: Program, runnable: RunnableProgram, cut: Cut): Promise<void> {
  const { trace, end, events } = await runnable.run(cut)
  expect({ trace, end }).toEqual(runModel(program, cut))
  expect(lawBreaches(events)).toEqual([])
  expect(JSON.parse(JSON.stringify(events))).toEqual(events)
}

/** How often the provider sends something in a run that nothing cuts short. */
function sendsOf(program: Program): number {
  return runModel(program).trace.filter((line) => !line.startsWith('yield')).length
}

/** The nodes that started after an event, but in no *Finally*. */
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

describe('a random program of all control nodes', { timeout }, () => {
  it('[K13] [E1] streams what it means, each value before the next message is taken', async () => {
    await fc.assert(
      fc.asyncProperty(anyProgram, (program) =>
        expectStory(program, prepareProgram(flowOfProgram(program)), {}),
      ),
      { seed, numRuns: 1000 },
    )
  })

  it('[K14] [E9] ends everything and runs each finally, wherever it is stopped', async () => {
    await fc.assert(
      fc.asyncProperty(anyProgram, fc.nat(), async (program, choice) => {
        const stopAt = choice % Math.max(sendsOf(program), 1)
        await expectStory(program, prepareProgram(flowOfProgram(program)), { stopAt })
      }),
      { seed, numRuns: 500 },
    )
  })

  it('[K7] [E14] takes exactly as many steps as it may, and nothing catches that', async () => {
    await fc.assert(
      fc.asyncProperty(anyProgram, fc.integer({ min: 1, max: 60 }), (program, steps) =>
        expectStory(program, prepareProgram(flowOfProgram(program)), { steps }),
      ),
      { seed, numRuns: 500 },
    )
  })

  it('[K14] [E9] starts nothing but finally blocks after a stop, at whatever event that comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyProgram,
        fc.integer({ min: 2, max: 80 }),
        async (program, stopAtEvent) => {
          const runnable = prepareProgram(flowOfProgram(program))
          const { events, stoppedAfter } = await runnable.run({ stopAtEvent })
          expect(lawBreaches(events)).toEqual([])
          expect(startsOutsideOfFinally(events, stoppedAfter)).toEqual([])
        },
      ),
      { seed, numRuns: 300 },
    )
  })

  it('[E3] says the same at trace summary', async () => {
    await fc.assert(
      fc.asyncProperty(anyProgram, async (program) => {
        const { trace, end } = await prepareProgram(flowOfProgram(program)).run({
          level: 'summary',
        })
        expect({ trace, end }).toEqual(runModel(program))
      }),
      { seed, numRuns: 200 },
    )
  })

  it('[C2] [E19] shares its plan between runs at once, and nothing else', async () => {
    const cuts = [{}, { stopAt: 1 }, { steps: 9 }, {}]
    await fc.assert(
      fc.asyncProperty(anyProgram, async (program) => {
        const runnable = prepareProgram(flowOfProgram(program))
        await Promise.all(cuts.map((cut) => expectStory(program, runnable, cut)))
      }),
      { seed, numRuns: 100 },
    )
  })
})

/** A flow that somebody damaged: a node that is gone, one of another type, edges that lead elsewhere. */
const damagedFlow: fc.Arbitrary<Flow> = fc
  .tuple(
    anyProgram,
    fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 }),
  )
  .map(([program, damages]) =>
    damages.reduce((flow, [kind, one, other]) => {
      const node = flow.nodes[one % flow.nodes.length]
      const peer = flow.nodes[other % flow.nodes.length]
      if (node === undefined || peer === undefined) return flow
      switch (kind) {
        case 0:
          return { ...flow, nodes: flow.nodes.filter(({ id }) => id !== node.id) }
        case 1:
          return {
            ...flow,
            nodes: flow.nodes.map((each) => (each === node ? { ...each, type: peer.type } : each)),
          }
        case 2:
          return {
            ...flow,
            nodes: flow.nodes.map((each) =>
              each === node ? { ...each, properties: peer.properties ?? {} } : each,
            ),
          }
        default:
          return {
            ...flow,
            edges: flow.edges.map((edge, index) =>
              index === one % flow.edges.length ? { ...edge, to: peer.id } : edge,
            ),
          }
      }
    }, flowOfProgram(program)),
  )

describe('a damaged program', { timeout }, () => {
  it('[C1] is refused with its problems, or runs by all rules', async () => {
    const counts = { refused: 0, run: 0 }
    await fc.assert(
      fc.asyncProperty(damagedFlow, async (flow) => {
        let runnable: RunnableProgram
        try {
          runnable = prepareProgram(flow)
        } catch (error) {
          if (!(error instanceof FlowError)) throw error
          expect(error.code).toBe('flow_invalid')
          counts.refused += 1
          return
        }
        const { end, events } = await runnable.run()
        expect(lawBreaches(events)).toEqual([])
        expect(end).not.toContain('internal')
        counts.run += 1
      }),
      { seed, numRuns: 500 },
    )
    expect(Math.min(counts.refused, counts.run)).toBeGreaterThan(50)
  })
})
