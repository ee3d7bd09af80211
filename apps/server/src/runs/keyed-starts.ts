import { createHash } from 'node:crypto'
import type { Run } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import { expectStored } from './expect-stored.ts'
import type { StartKey } from './run-record.ts'
import type { StoredRunLog } from './stored-run-log.ts'

/** A start that may come again, when its client did not hear the answer. */
export interface KeyedStart {
  readonly flowId: string
  /** Whose key it is: those of others are others, whatever their text. */
  readonly startedBy: string | null
  /** Chosen by the client. */
  readonly key: string
  /** What is started and with what: a start with the same key must be the same. */
  readonly call: string
  readonly input: unknown
}

/** Begins runs whose start is on the disk before it is answered. */
export interface KeyedStarts {
  /**
   * Begins a run, or finds the one that the same start began; answers its id once the start of the
   * run is on the disk. Throws `conflict` when another start had the key.
   */
  start(start: KeyedStart, begin: (startKey: StartKey) => Promise<Run>): Promise<string>
}

export function createKeyedStarts(
  log: Pick<StoredRunLog, 'findStarted' | 'expectStored'>,
): KeyedStarts {
  /** The last start with each key that is on its way, for the next one to wait for. */
  const onTheirWay = new Map<string, Promise<string>>()

  async function findOrBegin(
    start: KeyedStart,
    begin: (startKey: StartKey) => Promise<Run>,
  ): Promise<string> {
    const { flowId, key, call, input } = start
    const startKey = { key: keptKeyOf(start), hash: hashOf([call, input ?? null]) }
    const known = await log.findStarted(flowId, startKey.key)
    if (known === undefined) {
      const run = await begin(startKey)
      await expectStored(log, run)
      return run.id
    }
    if (known.startKey?.hash === startKey.hash) return known.id
    throw new FlowError(
      'conflict',
      `The Idempotency-Key "${key}" belongs to another start of "${flowId}", run "${known.id}". Send a new key for a new run.`,
      { details: { runId: known.id } },
    )
  }

  return {
    async start(start, begin) {
      const name = JSON.stringify([start.flowId, keptKeyOf(start)])
      const before = onTheirWay.get(name)
      // What became of the other is found in the log, or that it became nothing.
      const mine = (before ?? Promise.resolve()).then(
        () => findOrBegin(start, begin),
        () => findOrBegin(start, begin),
      )
      onTheirWay.set(name, mine)
      try {
        return await mine
      } finally {
        if (onTheirWay.get(name) === mine) onTheirWay.delete(name)
      }
    },
  }
}

/** What is kept of a key with the run: it counts for its flow, and for whose it is. */
function keptKeyOf({ startedBy, key }: KeyedStart): string {
  return startedBy === null ? key : `${startedBy} ${key}`
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url')
}
