import { FlowError } from '@millrace/flow'

/**
 * The error of a transaction that was to be kept although a statement in it failed. `name` is the
 * connection's.
 */
export function transactionUndone(name: string): FlowError {
  return new FlowError(
    'database_failed',
    `A statement failed in a transaction of "${name}", so all of it was undone. Run it again.`,
  )
}
