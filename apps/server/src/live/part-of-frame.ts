import { FlowError, type Registry } from '@millrace/flow'
import type { Plan } from '@millrace/engine'
import { expectDepth } from '../http/expect-depth.ts'
import type { LimitsOfRequests } from '../http/limits.ts'
import type { RunPart } from '../runs/active-runs.ts'
import { readKeptRun } from '../runs/kept-run.ts'
import { pinsOf, prepareAgain, type ToldAgain } from '../runs/run-part.ts'
import type { StoredRunLog } from '../runs/stored-run-log.ts'
import type { ClientFrame } from './live-frames.ts'

type StartFrame = Extract<ClientFrame, { type: 'start' }>

/** What a run is started with, as a frame wants it. */
export interface PartOfFrame {
  readonly input: unknown
  readonly part: RunPart
  /** Of a run that goes on from a node of another one. */
  readonly again?: ToldAgain
}

interface Options {
  readonly log: StoredRunLog
  readonly registry: Registry
  readonly limits: Pick<LimitsOfRequests, 'jsonDepth'>
}

/**
 * Which part of a flow a frame wants to run. Throws `bad_request` to a client, `limit_exceeded`,
 * `not_found`, `resume_gap`, and `input_invalid` for a node that no run can go on from.
 */
export async function partOfFrame(
  { input, view, pinned = {}, until, again }: StartFrame,
  { flow }: Plan,
  { log, registry, limits }: Options,
): Promise<PartOfFrame> {
  const isWhole = Object.keys(pinned).length === 0 && until === undefined && again === undefined
  if (isWhole) return { input, part: {} }
  if (view === 'client') {
    throw new FlowError(
      'bad_request',
      'A client runs all of a flow. Leave out "pinned", "until" and "again", or ask for "view": "full".',
    )
  }
  expectDepth(pinned, limits.jsonDepth, 'What is pinned')
  const stop = until === undefined ? {} : { until }
  if (again === undefined) return { input, part: { pinned: pinsOf(pinned), ...stop } }
  const run = await readKeptRun(log, again.runId)
  const { part, ...told } = prepareAgain(run, { flow, registry, from: again.from, pinned })
  return { input: run.input, part: { ...part, ...stop }, again: told }
}
