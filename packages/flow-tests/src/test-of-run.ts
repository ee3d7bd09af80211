import {
  connectionUses,
  titleOf,
  type Flow,
  type FlowTest,
  type JsonValue,
  type Registry,
  type RunEvent,
  type RunEventOf,
} from '@millrace/flow'
import { failedIn, passesOn, unfit } from './unfit.ts'
import type { RunRecording } from './record-run.ts'
import { withoutSecretValues } from './redact.ts'
import { expectationOf, givenOutputs, wholeRun } from './what-came-out.ts'

/** A run that ended, with everything that it recorded. */
export interface RecordedRun {
  readonly flow: Flow
  readonly registry: Registry
  readonly recording: RunRecording
  /** All of them, at trace `full`. */
  readonly events: readonly RunEvent[]
}

/** Calls that are no HTTP. */
const otherKinds: ReadonlySet<string> = new Set(['query', 'flow'])

/**
 * The test that a run makes: the same input, the outside's same answers, and what came out as what is
 * expected. Throws `input_invalid` for a run of which no test can be made, and says why.
 */
export function testOfRun(name: string, run: RecordedRun): FlowTest {
  const { recording, events } = run
  const { start, end } = wholeRun(events)
  if (recording.isTooLarge) {
    throw unfit('The answers of the run are too large for a test. Ask for less in it.')
  }
  const visits = readVisits(events)
  const outputs = pinnedOutputs(run, visits)
  expectNoPassedOn(run, visits, outputs)
  const recordings = Object.entries(recording.recordings).filter(([nodeId]) =>
    isAsked(nodeId, visits, new Set(Object.keys(outputs))),
  )
  return recording.withoutSecrets<FlowTest>({
    name,
    ...(start.input === undefined ? {} : { input: withoutSecretValues(start.input as JsonValue) }), // it came as JSON
    ...(recordings.length === 0 ? {} : { recordings: Object.fromEntries(recordings) }),
    ...(Object.keys(outputs).length === 0 ? {} : { outputs }),
    expect: expectationOf(events, end),
  })
}

interface VisitFacts {
  readonly nodeId: string
  readonly parent: VisitFacts | undefined
  callsOther: boolean
  end: RunEventOf<'node-end'> | undefined
}

function readVisits(events: readonly RunEvent[]): ReadonlyMap<number, VisitFacts> {
  const visits = new Map<number, VisitFacts>()
  for (const event of events) {
    if (event.type === 'node-start') {
      const parent = event.parent === undefined ? undefined : visits.get(event.parent)
      visits.set(event.visit, { nodeId: event.nodeId, parent, callsOther: false, end: undefined })
    } else if (event.type === 'node-call' && otherKinds.has(event.kind)) {
      const visit = visits.get(event.visit)
      if (visit !== undefined) visit.callsOther = true
    } else if (event.type === 'node-end') {
      const visit = visits.get(event.visit)
      if (visit !== undefined) visit.end = event
    }
  }
  return visits
}

/** The outputs of nodes that reach something which is no HTTP, a record for each visit. */
function pinnedOutputs(
  { flow, registry }: RecordedRun,
  visits: ReadonlyMap<number, VisitFacts>,
): NonNullable<FlowTest['outputs']> {
  const reaching = connectionUses(flow, registry).filter(({ kinds }) =>
    kinds.every((kind) => registry.connections.get(kind)?.http !== true),
  )
  const pinned = new Set([
    ...[...visits.values()].filter(({ callsOther }) => callsOther).map(({ nodeId }) => nodeId),
    ...reaching.map(({ node }) => node.id),
  ])
  const visited = new Set([...visits.values()].map(({ nodeId }) => nodeId))
  return Object.fromEntries(
    flow.nodes
      .filter(({ id }) => pinned.has(id) && visited.has(id))
      .map((node) => {
        const definition = registry.nodes.get(node.type)
        const own = [...visits.values()].filter(({ nodeId }) => nodeId === node.id)
        if (own.some(({ end }) => end === undefined)) {
          throw failedIn(titleOf(node, definition))
        }
        const outputs = own.map(({ end }) => givenOutputs(node, definition, end?.outputs))
        return [node.id, outputs]
      }),
  )
}

/** What another flow yields is no output of the node that runs it, so a test could not give it. */
function expectNoPassedOn(
  { flow, registry, events }: RecordedRun,
  visits: ReadonlyMap<number, VisitFacts>,
  outputs: NonNullable<FlowTest['outputs']>,
): void {
  const passing = events.find(
    (event) =>
      event.type === 'run-yield' && Object.hasOwn(outputs, visits.get(event.visit)?.nodeId ?? ''),
  )
  if (passing?.type !== 'run-yield') return
  const node = flow.nodes.find(({ id }) => id === visits.get(passing.visit)?.nodeId)
  throw passesOn(node === undefined ? 'A node' : titleOf(node, registry.nodes.get(node.type)))
}

/** Whether a node is asked for something in a test: not when all that called it is pinned. */
function isAsked(
  nodeId: string,
  visits: ReadonlyMap<number, VisitFacts>,
  pinned: ReadonlySet<string>,
): boolean {
  const own = [...visits.values()].filter((visit) => visit.nodeId === nodeId)
  return own.length === 0 || own.some((visit) => !isBelow(visit, pinned))
}

function isBelow(visit: VisitFacts, pinned: ReadonlySet<string>): boolean {
  if (pinned.has(visit.nodeId)) return true
  return visit.parent !== undefined && isBelow(visit.parent, pinned)
}
