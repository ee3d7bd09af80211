import type { RunBatch, RunChunk } from './run-batch.ts'
import { withoutStartKey, type RunOpening, type RunRecord } from './run-record.ts'
import type { Retention } from './run-retention.ts'
import type { Taken } from './run-ring.ts'
import { rowOf, type RunRow } from './run-row.ts'
import type { RunWriter } from './run-writer.ts'
import type { RunSelection } from './writer-calls.ts'

/** What is on its way to the store. What a batch loses is lost, but how its runs stand goes again. */
export interface RunOutbox {
  /** Whether something waits for the next batch. */
  readonly hasLeft: boolean
  /** How a run stands whose record could not be stored yet. */
  find(runId: string): RunRecord | undefined
  /** From now on a start that comes again is not this run, should its record be left. */
  forgetStartKey(runId: string): void
  /** Sends what was taken of runs as one batch. Resolves when it is stored, or given up. */
  send(taken: readonly Taken[], options: { readonly isSynced: boolean }): Promise<void>
  /** Deletes what ended of a selection; answers how many runs there were. */
  remove(selection: RunSelection): Promise<number>
  /** Deletes what is beyond the retention. */
  retain(retention: Retention): Promise<void>
}

interface Options {
  readonly writer: RunWriter
  readonly now: () => number
  /** Told when something could not be stored. */
  readonly onLoss: (error: unknown) => void
}

/** So many records that could not be stored wait for the next batch. */
const maxLeft = 1000
/** So many documents are known to be stored. */
const maxKnown = 1000

export function createRunOutbox({ writer, now, onLoss }: Options): RunOutbox {
  const left = new Map<string, RunRecord>()
  const leftDocuments = new Map<string, string>()
  /** The hashes of documents that are stored, or sent and not given up. */
  const known = new Set<string>()

  async function send(
    taken: readonly Taken[],
    { isSynced }: Pick<RunBatch, 'isSynced'>,
  ): Promise<void> {
    const records = [...left.values()]
    const documents = new Map(leftDocuments)
    const chunks: RunChunk[] = []
    leftDocuments.clear()
    for (const { record, chunk, opening } of taken) {
      if (record !== undefined) records.push(record)
      if (chunk !== undefined) chunks.push(chunk)
      if (record === undefined || opening === undefined) continue
      const text = unknownText(record, opening)
      if (text !== undefined) documents.set(record.document, text)
    }
    try {
      await writer.call('store', {
        records: records.map(writable),
        documents: [...documents].map(([hash, text]) => ({ hash, text })),
        chunks,
        isSynced,
        now: now(),
      })
      // They stay findable until then. Answers come in order: what is left of them is not newer.
      for (const { id } of records) left.delete(id)
    } catch (error) {
      for (const record of records) keep(record)
      for (const [hash, text] of documents) leftDocuments.set(hash, text)
      onLoss(error)
    }
  }

  function keep(record: RunRecord): void {
    left.delete(record.id)
    left.set(record.id, record)
    const [oldest] = left.keys()
    if (left.size > maxLeft && oldest !== undefined) left.delete(oldest)
  }

  /** The text of a document that the store may lack. */
  function unknownText({ document }: RunRecord, opening: RunOpening): string | undefined {
    if (known.has(document)) return undefined
    if (known.size === maxKnown) known.clear()
    known.add(document)
    return opening.documentText()
  }

  /** A record whose result cannot be written is stored without that. */
  function writable(record: RunRecord): RunRow {
    try {
      return rowOf(record)
    } catch (error) {
      onLoss(error)
      const { result: _, error: __, ...others } = record
      return rowOf(others)
    }
  }

  return {
    get hasLeft() {
      return left.size > 0
    },
    find: (runId) => left.get(runId),
    forgetStartKey(runId) {
      const record = left.get(runId)
      if (record !== undefined) left.set(runId, withoutStartKey(record))
    },
    send,
    async remove(selection) {
      // Documents may go with their last run, so those of later runs are sent again.
      known.clear()
      const count = await writer.call('remove', { selection, upTo: now() })
      const isMeant = isIn(selection)
      const lost = [...left.values()].filter((run) => run.state !== 'running' && isMeant(run))
      for (const { id } of lost) left.delete(id)
      return count + lost.length
    },
    async retain(retention) {
      known.clear()
      await writer.call('retain', { retention, now: now() })
    },
  }
}

function isIn(selection: RunSelection): (record: RunRecord) => boolean {
  switch (selection.by) {
    case 'run': {
      const ids = new Set(selection.ids)
      return ({ id }) => ids.has(id)
    }
    case 'session':
      return ({ sessionId }) => sessionId === selection.id
    case 'flow':
      return ({ flowId }) => flowId === selection.id
  }
}
