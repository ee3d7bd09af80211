import { FlowError } from '@millrace/flow'
import type { z } from 'zod'

/** A part of a request through its schema. Throws `bad_request` with everything that is wrong. */
export function parseChecked<T>(schema: z.ZodType<T>, value: unknown, part: 'body' | 'query'): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues.map(({ path, message }) => ({
    path: [part, ...path.map(String)].join('.'),
    message,
  }))
  throw new FlowError(
    'bad_request',
    `The request is not understood: ${issues.map(({ path, message }) => `${path}: ${message}`).join('; ')}.`,
    { property: issues[0]?.path ?? part, details: { issues } },
  )
}
