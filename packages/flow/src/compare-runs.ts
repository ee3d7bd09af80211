import { firstDifference, type ValueDifference } from './first-difference.ts'
import { addUsage, type RunEvent, type RunEventOf, type Usage } from './run-event.ts'
import type { NodeStatus } from './run-state.ts'
import { visitsOf, type RunVisit } from './run-visits.ts'

/** What one run says of a node, over all its visits. */
export interface NodeFigures {
  /** Of its last visit. */
  readonly status: NodeStatus
  readonly visits: number
  /** Milliseconds that its visits took, each for itself; one that never ended counts nothing. */
  readonly ms: number
  readonly usage: Usage | null
}

/** In what a node differs between two runs. Time and tokens always do a little, and are only told. */
export type NodeDifference = 'presence' | 'status' | 'visits' | 'outputs'

/** A node in two runs; `undefined` where it did not run, or that was not recorded. */
export interface ComparedNode {
  readonly nodeId: string
  readonly left: NodeFigures | undefined
  readonly right: NodeFigures | undefined
  readonly differsIn: readonly NodeDifference[]
  /** Where its outputs differ first, of the visits with the same number; only what both runs recorded. */
  readonly outputs: (ValueDifference & { readonly visit: number }) | undefined
}

/** What one run says of itself as a whole. */
export interface RunFigures {
  /** `undefined` while it goes on. */
  readonly outcome: RunEventOf<'run-end'>['outcome'] | undefined
  readonly ms: number | undefined
  readonly usage: Usage | null
  /** The content hash of what it ran. */
  readonly document: string | undefined
  readonly yields: readonly unknown[]
  readonly result: unknown
}

/** How two runs differ. */
export interface ComparedRuns {
  readonly left: RunFigures
  readonly right: RunFigures
  readonly input: ValueDifference | undefined
  /** Of the values that they yielded. */
  readonly yields: ValueDifference | undefined
  readonly result: ValueDifference | undefined
  /** In the order in which they first ran, those of the left run first. */
  readonly nodes: readonly ComparedNode[]
}

/** Compares two runs by their logs, as far as these go. */
export function compareRuns(
  leftEvents: readonly RunEvent[],
  rightEvents: readonly RunEvent[],
): ComparedRuns {
  const [left, right] = [figuresOf(leftEvents), figuresOf(rightEvents)]
  const [leftVisits, rightVisits] = [visitsOf(leftEvents).ofNode, visitsOf(rightEvents).ofNode]
  const nodeIds = new Set([...leftVisits.keys(), ...rightVisits.keys()])
  return {
    left,
    right,
    input: firstDifference(inputOf(leftEvents), inputOf(rightEvents)),
    yields: firstDifference(left.yields, right.yields),
    result: firstDifference(left.result, right.result),
    nodes: [...nodeIds].map((nodeId) =>
      comparedNode(nodeId, leftVisits.get(nodeId) ?? [], rightVisits.get(nodeId) ?? []),
    ),
  }
}

function comparedNode(
  nodeId: string,
  leftVisits: readonly RunVisit[],
  rightVisits: readonly RunVisit[],
): ComparedNode {
  const [left, right] = [nodeFigures(leftVisits), nodeFigures(rightVisits)]
  const outputs = outputsDifference(leftVisits, rightVisits)
  const differsIn: NodeDifference[] = []
  if (left === undefined || right === undefined) differsIn.push('presence')
  else {
    if (left.status !== right.status) differsIn.push('status')
    if (left.visits !== right.visits) differsIn.push('visits')
    if (outputs !== undefined) differsIn.push('outputs')
  }
  return { nodeId, left, right, differsIn, outputs }
}

function outputsDifference(
  leftVisits: readonly RunVisit[],
  rightVisits: readonly RunVisit[],
): ComparedNode['outputs'] {
  for (const [index, { outputs }] of leftVisits.entries()) {
    const other = rightVisits[index]?.outputs
    if (outputs === undefined || other === undefined) continue
    const difference = firstDifference(outputs, other)
    if (difference !== undefined) return { ...difference, visit: index + 1 }
  }
  return undefined
}

function nodeFigures(visits: readonly RunVisit[]): NodeFigures | undefined {
  const last = visits.at(-1)
  if (last === undefined) return undefined
  const calls = visits.flatMap((visit) => visit.calls)
  return {
    status: last.status,
    visits: visits.length,
    ms: visits.reduce((sum, { startedAt, endedAt = startedAt }) => sum + endedAt - startedAt, 0),
    usage: calls.reduce<Usage | null>((sum, call) => addUsage(sum, call.usage), null),
  }
}

function figuresOf(events: readonly RunEvent[]): RunFigures {
  const start = events.find((event) => event.type === 'run-start')
  const end = events.findLast((event) => event.type === 'run-end')
  return {
    outcome: end?.outcome,
    ms: start === undefined || end === undefined ? undefined : end.at - start.at,
    usage: end?.usage ?? null,
    document: start?.document,
    yields: events.flatMap((event) => (event.type === 'run-yield' ? [event.value] : [])),
    result: end?.result ?? null,
  }
}

function inputOf(events: readonly RunEvent[]): unknown {
  return events.find((event) => event.type === 'run-start')?.input
}
