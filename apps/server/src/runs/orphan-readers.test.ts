import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { RunEvent } from '@millrace/flow'
import { followRun } from '@millrace/engine'
import { entries } from '@millrace/engine/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createReadJson } from '../database/read-json.ts'
import { createStoredRunLog, type StoredRunLog } from './stored-run-log.ts'

let directory: string
let log: StoredRunLog
let now: number
let due: (() => void)[]
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-orphans-'))
  now = 1000
  log = await open()
})
afterEach(async () => {
  await log.close()
  rmSync(directory, { recursive: true })
})

async function open(): Promise<StoredRunLog> {
  due = []
  return createStoredRunLog({
    directory,
    now: () => now,
    readJson: createReadJson(() => undefined),
    onLoss: () => undefined,
    onUpkeepFailure: () => undefined,
    onInterrupted: () => undefined,
    schedule: (callback) => {
      due.push(callback)
      return () => (due = due.filter((other) => other !== callback))
    },
    retention: async () => ({ runs: 100, age: Infinity, bytes: Infinity, flows: [] }),
  })
}

/** A run with five events, of another process, which says that it is there until a time. */
async function leaveRunOfAnother(expiresAt: number): Promise<void> {
  log.append('run', entries('run', 1, 5))
  await log.close()
  log = await open()
  const file = new DatabaseSync(join(directory, 'runs.db'))
  file.exec(`
    UPDATE runs SET state = 'running', ended_at = NULL, writer = 'another';
    DELETE FROM run_events WHERE first_seq = 6;
    INSERT INTO run_writers (id, expires_at) VALUES ('another', ${expiresAt});`)
  file.close()
}

it.each([0, 5, 8])(
  'ends a reader after event %i of a run whose process died, as soon as that is known',
  async (after) => {
    await leaveRunOfAnother(2000)
    const seen: RunEvent[] = []
    const following = followRun(log, {
      runId: 'run',
      after,
      signal: new AbortController().signal,
      sink: {
        write(batch) {
          seen.push(...batch.map(({ event }) => event))
          return batch.length
        },
        drained: () => Promise.resolve(),
      },
    })
    await expect.poll(() => seen.length).toBe(Math.max(0, 5 - after))
    now = 3000
    for (const callback of due.splice(0)) callback()
    await following
    const end = seen.at(-1)
    expect(end).toEqual({
      seq: Math.max(5, after) + 1,
      at: 3000,
      type: 'run-end',
      outcome: 'interrupted',
      usage: null,
      lost: true,
    })
  },
)
