import { z } from 'zod'
import type { ErrorShape } from './error.ts'

/**
 * The schema of run events, written once: the types in `events.ts`, the OpenAPI page and the checks
 * of a reader that does not trust its source all come from here.
 *
 * The law: names are noun-verb; `seq` starts at 1 without gaps; every `node-start` has exactly one
 * `node-end` or `node-error`; exactly one `run-end`, and it is last; fields are only added; readers
 * skip types that they do not know.
 */

const usage = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  totalTokens: z.number(),
})
// The error's own type is the contract; the schema keeps what else a newer sender added.
const error: z.ZodType<ErrorShape> = z.looseObject({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
}) as never

const common = {
  seq: z.int().min(1),
  /** Epoch milliseconds. */
  at: z.number(),
}
/** A visit is one run of one node; its number is unique in the run. */
const visit = z.int()

/** Reads an event that came from outside. Fields are only added, and no name ever changes. */
export const runEventSchema = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal('run-start'),
    runId: z.string(),
    flowId: z.string(),
    /** The content hash of the document, so a run can always be replayed on what it ran. */
    document: z.string(),
    trace: z.enum(['summary', 'full', 'fullOnFailure']),
    /** Left out in the client view, as is what follows. */
    input: z.unknown().optional(),
    /** The nodes that were given their outputs instead of running. */
    pinned: z.array(z.string()).optional(),
    /** The node after whose first visit the run is to end. */
    until: z.string().optional(),
    /** The run that this one runs again, from one of its nodes on. */
    again: z.object({ runId: z.string(), from: z.string() }).optional(),
  }),
  z.object({
    ...common,
    type: z.literal('node-start'),
    visit,
    nodeId: z.string(),
    /** The visit that owns the block, or the host's for a resource. */
    parent: visit.optional(),
    /** The exec-out whose block this visit runs in. */
    port: z.string().optional(),
    /** Of a node in a loop's block: which time the block runs, from 1. */
    iteration: z.int().optional(),
    /** Of the first node in a block: the variables of the block, by name; trace `full` only. */
    entered: z.record(z.string(), z.unknown()).optional(),
  }),
  /** Trace `full` only: the resolved properties. */
  z.object({
    ...common,
    type: z.literal('node-input'),
    visit,
    values: z.record(z.string(), z.unknown()),
  }),
  /** One call to the outside: a model, a query, a request, another flow. */
  z.object({
    ...common,
    type: z.literal('node-call'),
    visit,
    kind: z.enum(['model', 'query', 'request', 'flow']),
    /** From 1; a retry is a call of its own. */
    attempt: z.number(),
    /** The statement of a query, in which its values have only names; cut when it is very long. */
    statement: z.string().optional(),
    /** What was sent, without secrets; trace `full` only. Of a query, the values by name. */
    request: z.unknown().optional(),
    /** Epoch milliseconds at which the call began; the event itself comes at its end or later. */
    startedAt: z.number().optional(),
    /** Milliseconds from the call to the first byte of the answer. */
    firstByteMs: z.number().optional(),
    /** Milliseconds from the call to the end of the answer. */
    ms: z.number().optional(),
    usage: usage.nullable().optional(),
    /** The model that answered, and why it ended, in the provider's words: `stop`, `length`, … */
    model: z.string().optional(),
    finishReason: z.string().optional(),
    /** What the model said instead of an answer; trace `full` only. */
    refusal: z.string().optional(),
    /** Of a request: what it did, and the status of its answer; none when there was no answer. */
    method: z.string().optional(),
    status: z.int().optional(),
    /** Of a call of another flow: its run, which has a log of its own. */
    childRunId: z.string().optional(),
  }),
  /** Trace `full` only: text that this node streams, one event per provider read. */
  z.object({ ...common, type: z.literal('node-delta'), visit, delta: z.string() }),
  z.object({
    ...common,
    type: z.literal('node-log'),
    visit: visit.optional(),
    level: z.enum(['info', 'warning', 'error']),
    message: z.string(),
    data: z.unknown().optional(),
  }),
  z.object({
    ...common,
    type: z.literal('node-end'),
    visit,
    /** By the name of the variable; trace `full` only. */
    outputs: z.record(z.string(), z.unknown()).optional(),
    /** The flow variables that were set in the visit, as they are at its end; outside of loops alone. */
    variables: z.record(z.string(), z.unknown()).optional(),
    /** The node is disabled: its outputs are empty values. */
    skipped: z.boolean().optional(),
    /** The node did not run: its outputs were given. */
    pinned: z.boolean().optional(),
  }),
  z.object({ ...common, type: z.literal('node-error'), visit, error }),
  /** One value for the client. */
  z.object({ ...common, type: z.literal('run-yield'), visit, value: z.unknown() }),
  z.object({
    ...common,
    type: z.literal('run-end'),
    outcome: z.enum(['completed', 'failed', 'cancelled', 'interrupted']),
    /** The *Return* value; null when the flow returned none. */
    result: z.unknown().optional(),
    error: error.optional(),
    /** The sum over all model calls; null when no call reported any. */
    usage: usage.nullable().optional(),
    /** The node behind which the run stopped, because it was to run until there. */
    until: z.string().optional(),
    /** The end of the log was lost, as after a crash: values may be missing before this. */
    lost: z.boolean().optional(),
  }),
])
