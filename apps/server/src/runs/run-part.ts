import type { Pins } from '@millrace/engine'
import { takeOver, type Flow, type Pin, type Registry, type Rerun } from '@millrace/flow'
import type { RunPart } from './active-runs.ts'
import type { KeptRun } from './kept-run.ts'

/** What somebody is told of a run that goes on from a node of another one. */
export interface ToldAgain {
  /** The node from which it runs: the one asked for, or the one whose loop that is in. */
  readonly from: string
  /** The nodes that do not run. */
  readonly pinned: readonly string[]
  /** The nodes before it that run again all the same. */
  readonly rerun: readonly Rerun[]
}

interface Again {
  readonly flow: Flow
  readonly registry: Registry
  readonly from: string
  /** What the designer pinned, which counts more than what was recorded. */
  readonly pinned?: Readonly<Record<string, Pin>>
}

/** Makes pins of what a run recorded before a node. Throws `input_invalid`. */
export function prepareAgain(
  run: KeptRun,
  { flow, registry, from: asked, pinned: own = {} }: Again,
): ToldAgain & { readonly part: RunPart } {
  const { from, pinned, rerun } = takeOver(run, flow, { registry, from: asked })
  const all = { ...pinned, ...own }
  return {
    part: { pinned: pinsOf(all), again: { runId: run.record.id, from } },
    from,
    pinned: Object.keys(all),
    rerun: rerun.filter(({ nodeId }) => !Object.hasOwn(own, nodeId)),
  }
}

/** Pins that are the same at each visit. */
export function pinsOf(pinned: Readonly<Record<string, Pin>>): Pins {
  return new Map(Object.entries(pinned).map(([nodeId, pin]) => [nodeId, () => pin]))
}
