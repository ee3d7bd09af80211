import type { Pin, Usage } from '@millrace/flow'
import type { Assignments } from './assignments.ts'
import type { BlockEnd } from './block-end.ts'
import type { CancelScope } from './cancel-scope.ts'
import type { OpenVisits } from './open-visits.ts'
import type { Pace } from './pace.ts'
import type { Plan, PlannedBlock, PlannedVariable } from './plan.ts'
import type { Recorder } from './recorder.ts'
import type { Services } from './services.ts'

/**
 * What nodes have instead of running, by their ids; asked at each visit. Throws a `FlowError` to fail
 * the node.
 */
export type Pins = ReadonlyMap<string, () => Pin>

/** Where in the run a node is visited. */
export interface Place {
  /** The visit that owns the block. */
  readonly parent: number | undefined
  readonly port: string | undefined
  /** Whether it is inside a loop's block, at any depth. */
  readonly isInLoop: boolean
  /** What it is cancelled with. */
  readonly scope: CancelScope
  /** How the block was entered; absent for the flow's own, and for resources. */
  readonly entry?: BlockEntry
}

/** One time that a block runs. */
export interface BlockEntry {
  /** How often it has run with this one, in the visit that owns it; `undefined` for no loop's block. */
  readonly iteration: number | undefined
  /** The node whose start tells the values. */
  readonly firstNodeId: string | undefined
  readonly variables: readonly PlannedVariable[]
  /** What the block's variables hold, by their keys. */
  readonly values: Readonly<Record<string, unknown>>
}

/** The visit that a start or a yield counts for. */
export interface Counted {
  readonly number: number
  readonly nodeId: string
  readonly place: Place
}

/** What a visit needs of the run that it is part of. */
export interface VisitedRun {
  readonly plan: Plan
  readonly runId: string
  readonly services: Services
  readonly recorder: Recorder
  readonly pinned: Pins
  readonly visits: OpenVisits
  readonly assignments: Assignments
  readonly pace: Pace
  /** What *finally* blocks are cancelled with, and what is in them. */
  readonly finallyScope: CancelScope
  /** The values of all variables, by slot. */
  readonly values: unknown[]
  /** Counts the start of a node; throws when the run has used up what it may. */
  countStep(by: Counted): void
  yield(value: unknown, by: Counted): void
  addUsage(usage: Usage | null): void
  setOutputs(
    variables: readonly PlannedVariable[],
    outputs: Readonly<Record<string, unknown>>,
  ): void
  /** Tells the owner of the process of an error that is none of the flow's; others are passed over. */
  reportDefect(thrown: unknown, nodeId: string): void
  /** Runs the steps of a block one after another, until one of them jumps. */
  runBlock(block: PlannedBlock, place: Place): BlockEnd | Promise<BlockEnd>
}

/** The values of variables by their names in the flow. */
export function named(
  variables: readonly PlannedVariable[],
  outputs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(variables.map(({ key, name }) => [name, outputs[key] ?? null]))
}
