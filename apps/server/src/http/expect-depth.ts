import { exceedsDepth, FlowError } from '@millrace/flow'

/** Throws `limit_exceeded` for JSON that nests deeper; `what` begins the message. */
export function expectDepth(value: unknown, max: number, what: string): void {
  if (!exceedsDepth(value, max)) return
  throw new FlowError(
    'limit_exceeded',
    `${what} nests deeper than ${max} levels. Send it flatter.`,
    {
      details: { limit: 'depth', max },
    },
  )
}
