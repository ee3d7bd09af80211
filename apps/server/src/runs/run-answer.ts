import { z } from 'zod'
import type { RunRecord } from './run-record.ts'

/** How a run stands, as the API tells it. */
export const runAnswerSchema = z.object({
  id: z.string(),
  flowId: z.string(),
  state: z.enum(['running', 'completed', 'failed', 'cancelled', 'interrupted']),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  usage: z
    .object({ inputTokens: z.number(), outputTokens: z.number(), totalTokens: z.number() })
    .nullable(),
  /** The *Return* value; of a run that completed. */
  result: z.unknown().optional(),
  /** Of a run that failed. */
  error: z.looseObject({ code: z.string(), message: z.string() }).optional(),
})

export type RunAnswer = z.infer<typeof runAnswerSchema>

export function runAnswer(record: RunRecord): RunAnswer {
  const { startedAt, endedAt, error, ...rest } = record
  return {
    ...rest,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
    ...(error === undefined ? {} : { error: { ...error } }),
  }
}
