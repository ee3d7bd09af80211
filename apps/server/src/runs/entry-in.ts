import { eventIn, type RunView } from '@millrace/flow'
import { LogEntry } from '@millrace/engine'

/** An entry of a log as a view shows it; `undefined` for one that it does not show. */
export function entryIn(view: RunView, entry: LogEntry): LogEntry | undefined {
  const visible = eventIn(view, entry.event)
  // Most are the same to all, and have their JSON already.
  if (visible === entry.event) return entry
  return visible === undefined ? undefined : new LogEntry(visible)
}
