import { serializeFlow, type Flow } from '@millrace/flow'

/** Whether two flows are written the same, byte by byte. */
export function isSameFlow(one: Flow, other: Flow): boolean {
  return serializeFlow(one) === serializeFlow(other)
}
