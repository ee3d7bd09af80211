import { errorForVisitor, type RunView } from '@millrace/flow'
import { z } from 'zod'
import { environments } from '../environments/environment.ts'
import { runOrigins, type RunRecord } from './run-record.ts'

const usage = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  totalTokens: z.number(),
})

/** How a run stands, as the API tells it. */
export const runAnswerSchema = z.object({
  id: z.string(),
  flowId: z.string(),
  state: z.enum(['running', 'completed', 'failed', 'cancelled', 'interrupted']),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** The sum over all model calls so far; null when none reported any. */
  usage: usage.nullable(),
  /** The same by the model that answered; null is a model that did not say its name. */
  models: z.array(z.object({ model: z.string().nullable(), usage })),
  /** What is recorded, as it was when the run started. */
  trace: z.enum(['summary', 'full', 'fullOnFailure']),
  /** The content hash of the document that runs: GET /api/runs/{id}/document. */
  document: z.string(),
  /** As the input of a chat names it. */
  sessionId: z.string().nullable(),
  /** Started by the editor, by a client of the API, by another run, or by the clock. */
  origin: z.enum(runOrigins),
  /** The run that called this one. */
  parentRunId: z.string().nullable(),
  /** The run that this one runs again, from one of its nodes on. */
  againRunId: z.string().nullable(),
  /** The latest run that runs this one again. */
  ranAgainAs: z.string().nullable(),
  /** `key:` and the id of the key that started it, or `visitor:` and whose; null for who designs. */
  startedBy: z.string().nullable(),
  /** Where it ran: `development` is the saved draft, or what the designer shows. */
  environment: z.enum(environments),
  /** The *Return* value; of a run that completed. */
  result: z.unknown().optional(),
  /** Of a run that failed. */
  error: z.looseObject({ code: z.string(), message: z.string() }).optional(),
})

export type RunAnswer = z.infer<typeof runAnswerSchema>

/** The same in a list, where results, which may be large, would be many. */
export const runSummarySchema = runAnswerSchema.omit({ result: true })

export type RunSummary = z.infer<typeof runSummarySchema>

/** The same for a list, which only who designs is shown. */
export function runSummary(record: RunRecord): RunSummary {
  const { result: _, ...summary } = runAnswer(record, 'full')
  return summary
}

/** How a run stands, as a view of it shows that. */
export function runAnswer(record: RunRecord, view: RunView): RunAnswer {
  const shown = view === 'visitor' ? recordForVisitor(record) : record
  const { startedAt, endedAt, error, models, ranAgainAs = null, startKey: _, ...rest } = shown
  return {
    ...rest,
    models: [...models],
    ranAgainAs,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
    ...(error === undefined ? {} : { error: { ...error } }),
  }
}

/** Without what it cost, what else was made of it, and words for operators. */
function recordForVisitor(whole: RunRecord): RunRecord {
  const { error, ranAgainAs: _, ...record } = whole
  const told = error === undefined ? {} : { error: errorForVisitor(error) }
  return { ...record, usage: null, models: [], ...told }
}
