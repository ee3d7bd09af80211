import { FlowError, pinsSchema, type ErrorShape, type RunStateJson } from '@millrace/flow'
import { z } from 'zod'
import { environments } from '../environments/environment.ts'
import { parseChecked } from '../http/parse-checked.ts'
import type { RunSummary } from '../runs/run-answer.ts'
import type { ToldAgain } from '../runs/run-part.ts'

const runId = z.string().min(1).max(200)
/** `client` shows what the caller of a run may see; its numbers ascend with gaps. */
const view = z.enum(['full', 'client']).default('full')

/** What a client says on `/api/live`, one JSON object a frame. */
const clientFrameSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    /** Chosen by the client; its answers carry it. */
    ref: z.string().max(200),
    /** A document that need not be stored, or the id of a stored one. */
    flow: z.unknown().optional(),
    flowId: z.string().optional(),
    /** Where a stored flow runs; by who asks when it is left out. */
    env: z.enum(environments).optional(),
    input: z.unknown().optional(),
    /** Whether a test can be made of the run: GET /api/runs/{id}/test. */
    record: z.boolean().optional(),
    /** What nodes have that shall not run, by their ids. */
    pinned: pinsSchema.optional(),
    /** The node behind which the run stops. */
    until: z.string().optional(),
    /** The run whose input and outputs are taken over, and the node from which on all runs. */
    again: z.object({ runId, from: z.string() }).optional(),
    /** With `client` the run is a client's: of a stored flow, and recorded as that says. */
    view,
  }),
  z.object({
    type: z.literal('attach'),
    runId,
    after: z.int().min(0).default(0),
    view,
    /** Everything is recorded from now on, for as long as the socket follows the run. */
    watch: z.boolean().default(false),
  }),
  z.object({ type: z.literal('stop'), runId }),
  /** Tells from now on which runs start and end, of one flow or all; a later one replaces it. */
  z.object({ type: z.literal('watchRuns'), flowId: z.string().max(200).optional() }),
  z.object({ type: z.literal('ping') }),
])

export type ClientFrame = z.infer<typeof clientFrameSchema>

/** What the server says besides `events`, whose text is put together from the log's own. */
export type ServerFrame =
  | {
      readonly type: 'started'
      readonly ref: string
      readonly runId: string
      /** Of a run that goes on from a node of another one: what is taken over. */
      readonly again?: ToldAgain
    }
  /** In place of events that are no longer kept; those after `seq` follow. */
  | {
      readonly type: 'snapshot'
      readonly runId: string
      readonly seq: number
      readonly state: RunStateJson
    }
  /** How runs stand that go on, started or ended; each as in `GET /api/runs`. */
  | { readonly type: 'runs'; readonly runs: readonly RunSummary[] }
  | {
      readonly type: 'error'
      readonly ref?: string
      readonly runId?: string
      readonly error: ErrorShape
    }
  | { readonly type: 'pong' }

/** Reads a frame. Throws `bad_request`. */
export function readClientFrame(text: string): ClientFrame {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new FlowError('bad_request', 'The frame is not JSON.', { cause: error })
  }
  return parseChecked(clientFrameSchema, value, 'body')
}

/** Who a frame that could not be taken is about, as far as it can be read. */
export function subjectOf(text: string): { readonly ref?: string; readonly runId?: string } {
  try {
    const { ref, runId: run } = JSON.parse(text) ?? {}
    return {
      ...(typeof ref === 'string' ? { ref } : {}),
      ...(typeof run === 'string' ? { runId: run } : {}),
    }
  } catch {
    return {}
  }
}
