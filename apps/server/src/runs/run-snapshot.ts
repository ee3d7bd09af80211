import {
  applyEvents,
  eventIn,
  initialRunState,
  type RunEvent,
  type RunState,
  type RunView,
} from '@millrace/flow'
import type { LogEntry, RunLog } from '@millrace/engine'
import type { RunRecord } from './run-record.ts'
import { unknownRun } from './unknown-run.ts'

/** What a snapshot is made from. */
interface SnapshotLog extends Pick<RunLog, 'read'> {
  find(runId: string): Promise<RunRecord | undefined>
}

const pageSize = 1000

/**
 * What is known of a run whose log has a hole, as a view of it shows: everything that is kept, taken
 * together, and how the run stands. A reader goes on after its `seq`. Throws `not_found`.
 */
export async function snapshotOf(
  log: SnapshotLog,
  { runId, view }: { readonly runId: string; readonly view: RunView },
): Promise<RunState> {
  const record = await log.find(runId)
  if (record === undefined) throw unknownRun(runId)
  let state: RunState = stateOfRecord(record)
  let position = 0
  while (true) {
    const page = await log.read(runId, position, pageSize)
    if (page.status === 'unknown') break
    if (page.status === 'gap') {
      position = page.oldest - 1
      continue
    }
    state = applyEvents(state, page.entries.flatMap(eventsIn(view)))
    position = page.entries.at(-1)?.seq ?? position
    if (page.isEnd || page.entries.length === 0) break
  }
  return { ...state, seq: position }
}

/** What the record tells should the start of the log be gone. */
function stateOfRecord({ id, flowId, startedAt }: RunRecord): RunState {
  return { ...initialRunState, runId: id, flowId, startedAt, status: 'running' }
}

function eventsIn(view: RunView): (entry: LogEntry) => readonly RunEvent[] {
  return ({ event }) => {
    const visible = eventIn(view, event)
    return visible === undefined ? [] : [visible]
  }
}
