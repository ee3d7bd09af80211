import { FlowError, type RecordedRun, type RunEvent } from '@millrace/flow'
import { readStored } from '../flows/read-document.ts'
import type { RunRecord } from './run-record.ts'
import type { StoredRunLog } from './stored-run-log.ts'
import { unknownRun } from './unknown-run.ts'

/** A run that is to be run again, as far as it is kept. */
export interface KeptRun extends RecordedRun {
  readonly record: RunRecord
  /** What it was started with. */
  readonly input: unknown
}

const pageSize = 2000
/** The others say nothing of what nodes gave, and are by far the most. */
const wanted: ReadonlySet<RunEvent['type']> = new Set([
  'run-start',
  'node-start',
  'node-call',
  'node-end',
  'node-error',
])

/**
 * Reads what running a run again needs, of one that goes on as far as it came. Throws `not_found`, and
 * `resume_gap` when its input, its beginning or what it ran is no longer kept.
 */
export async function readKeptRun(log: StoredRunLog, runId: string): Promise<KeptRun> {
  const record = await log.find(runId)
  if (record === undefined) throw unknownRun(runId)
  const events = await readEvents(log, runId)
  const [start] = events
  if (start?.type !== 'run-start') throw notKept(runId, 'The beginning of its log')
  if (start.input === undefined) throw notKept(runId, 'Its input')
  const text = await log.findDocument(record.document)
  const stored = text === undefined ? undefined : readStored(text)
  if (stored?.status !== 'flow') throw notKept(runId, 'The flow that it ran')
  return { record, input: start.input ?? undefined, flow: stored.flow, events }
}

async function readEvents(log: StoredRunLog, runId: string): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = []
  let after = 0
  while (true) {
    const page = await log.read(runId, after, pageSize)
    if (page.status === 'gap') throw notKept(runId, 'The beginning of its log')
    const last = page.status === 'found' ? page.entries.at(-1) : undefined
    if (page.status !== 'found' || last === undefined) return events
    for (const { event } of page.entries) if (wanted.has(event.type)) events.push(event)
    after = last.event.seq
    if (page.isEnd) return events
  }
}

function notKept(runId: string, what: string): FlowError {
  return new FlowError(
    'resume_gap',
    `${what} is no longer kept, so the run "${runId}" cannot be run again. Run the flow from its start.`,
  )
}
