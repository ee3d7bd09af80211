import { LogEntry, parseLogEntry, type LogPage } from '@millrace/engine'
import { sql, type Kysely } from 'kysely'
import type { RunSchema } from '../database/schema.ts'
import { linesOf } from './packed-lines.ts'
import { pageCharacters } from './run-ring.ts'

/** The stored events of runs. */
export interface RunArchive {
  /** Like `RunLog.read`; an ended run read past its head answers its end again, marked `lost`. */
  read(runId: string, after: number, limit: number): Promise<LogPage>
}

/** At most so many chunks make a page: each holds a tenth of a second of a run. */
const chunksInPage = 16

export function createRunArchive(database: Kysely<RunSchema>): RunArchive {
  /** A run that was deleted has none any more, even where their room is not freed yet. */
  const eventsOf = (runId: string) =>
    database
      .selectFrom('run_events')
      .innerJoin('runs', 'runs.id', 'run_events.run_id')
      .where('run_id', '=', runId)

  /** What stands at the end of a run's log. */
  async function headOf(runId: string): Promise<LogEntry | undefined> {
    const row = await eventsOf(runId)
      .select('lines')
      .orderBy('first_seq', 'desc')
      .limit(1)
      .executeTakeFirst()
    const line = row && linesOf(row.lines).at(-1)
    return line === undefined ? undefined : parseLogEntry(line)
  }

  /** Where the index is entered: without it each page would go through all chunks before it. */
  function firstOfChunkWith(runId: string, seq: number) {
    const chunk = database
      .selectFrom('run_events')
      .select(({ fn }) => fn.max('first_seq').as('first_seq'))
      .where('run_id', '=', runId)
      .where('first_seq', '<=', seq)
    return sql<number>`coalesce(${chunk}, 0)`
  }

  /** The chunks after a number that make a page, by size: a single one may hold megabytes. */
  async function chunksOf(runId: string, after: number) {
    const wanted = eventsOf(runId)
      .where('first_seq', '>=', firstOfChunkWith(runId, after + 1))
      .where('last_seq', '>', after)
      .orderBy('first_seq')
    const sizes = await wanted
      .select(
        sql<number>`iif(typeof(lines) = 'blob', ${pageCharacters}, octet_length(lines))`.as('size'),
      )
      .limit(chunksInPage)
      .execute()
    let total = 0
    const fitting = sizes.filter(({ size }) => (total += size) < pageCharacters)
    return wanted.select(['first_seq', 'lines']).limit(Math.max(1, fitting.length)).execute()
  }

  return {
    async read(runId, after, limit) {
      const rows = await chunksOf(runId, after)
      const [first] = rows
      if (first === undefined) return pastHead(await headOf(runId), after)
      if (first.first_seq > after + 1) return { status: 'gap', oldest: first.first_seq }
      const entries = entriesOf(rows, { after, limit })
      return { status: 'found', entries, isEnd: entries.at(-1)?.event.type === 'run-end' }
    },
  }
}

/**
 * A reader that has everything is done. One that has more than is stored, or that waits for the end
 * of a run whose process died, saw events that were lost: it gets its end now, never silence.
 */
function pastHead(head: LogEntry | undefined, after: number): LogPage {
  if (head === undefined) return { status: 'unknown' }
  const { event } = head
  if (event.type !== 'run-end') return { status: 'found', entries: [], isEnd: false }
  if (after === event.seq && event.lost !== true)
    return { status: 'found', entries: [], isEnd: true }
  const end = new LogEntry({ ...event, seq: after + 1, lost: true })
  return { status: 'found', entries: [end], isEnd: true }
}

/** What follows a number in chunks: so many entries at most, and about a page of characters. */
function entriesOf(
  rows: readonly Pick<RunSchema['run_events'], 'first_seq' | 'lines'>[],
  { after, limit }: { readonly after: number; readonly limit: number },
): readonly LogEntry[] {
  const entries: LogEntry[] = []
  let characters = 0
  for (const { first_seq: firstSeq, lines } of rows) {
    const next = after + 1 + entries.length
    // A flush that failed left a hole: the next page answers with the gap.
    if (firstSeq > next) break
    for (const line of linesOf(lines).slice(next - firstSeq)) {
      if (entries.length === limit || characters > pageCharacters) return entries
      entries.push(parseLogEntry(line))
      characters += line.length
    }
  }
  return entries
}
