import type { RunEvent } from '@millrace/flow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { followRun } from '../follow-run.ts'
import { LogEntry } from '../log-entry.ts'
import type { LogPage, RunLog } from '../run-log.ts'

/** A log under test, and how to get rid of it. */
export interface RunLogUnderTest {
  readonly log: RunLog
  readonly close?: () => void | Promise<void>
}

/** What every run log must do. Each implementation runs this beside its own tests. */
export function testRunLog(
  name: string,
  create: () => RunLogUnderTest | Promise<RunLogUnderTest>,
): void {
  describe(`${name} keeps the contract of a run log`, () => {
    let tested: RunLogUnderTest
    let runs = 0
    beforeAll(async () => {
      tested = await create()
    })
    afterAll(() => tested.close?.())
    const newRun = () => `contract-run-${(runs += 1)}`

    it('answers "unknown" for a run that never was', async () => {
      expect(await tested.log.read('no-such-run', 0, 10)).toEqual({ status: 'unknown' })
    })

    it('gives back entries in order, after a number and up to a limit', async () => {
      const run = newRun()
      tested.log.append(run, entries(run, 1, 3))
      tested.log.append(run, entries(run, 4, 6))
      expect(await seqs(tested.log, run, 0, 100)).toEqual([1, 2, 3, 4, 5, 6])
      expect(await seqs(tested.log, run, 2, 3)).toEqual([3, 4, 5])
      expect(await seqs(tested.log, run, 6, 3)).toEqual([])
    })

    it('says that a run has ended only with its last entry', async () => {
      const run = newRun()
      tested.log.append(run, entries(run, 1, 4))
      expect(await tested.log.read(run, 0, 100)).toMatchObject({ isEnd: false })
      tested.log.append(run, [endEntry(5)])
      expect(await tested.log.read(run, 0, 2)).toMatchObject({ isEnd: false })
      expect(await tested.log.read(run, 3, 100)).toMatchObject({ isEnd: true })
      expect(await tested.log.read(run, 5, 100)).toMatchObject({ entries: [], isEnd: true })
    })

    it('keeps the yielded value and its JSON as they were', async () => {
      const run = newRun()
      const value = { text: 'naïve \u2028 "quoted" 🙂', list: [1, null, true] }
      const json = JSON.stringify(value)
      tested.log.append(run, [...entries(run, 1, 1), yieldEntry(2, value, json), endEntry(3)])
      const page = await tested.log.read(run, 1, 1)
      const entry = page.status === 'found' ? page.entries[0] : undefined
      expect(entry?.event).toMatchObject({ type: 'run-yield', value })
      expect(entry?.valueJson).toBe(json)
      expect(JSON.parse(entry?.json ?? '')).toEqual(entry?.event)
    })

    it('[L1] tells listeners each append at once, and nobody after they left', () => {
      const run = newRun()
      const heard: number[][] = []
      const leave = tested.log.listen(run, (batch) => heard.push(batch.map(({ seq }) => seq)))
      tested.log.append(run, entries(run, 1, 2))
      tested.log.append(run, entries(run, 3, 3))
      leave()
      tested.log.append(run, entries(run, 4, 4))
      expect(heard).toEqual([[1, 2], [3]])
    })

    it('[L1] has an append by the time that it tells listeners of it', async () => {
      const run = newRun()
      const pages: Promise<LogPage>[] = []
      tested.log.listen(run, () => pages.push(tested.log.read(run, 0, 10)))
      tested.log.append(run, entries(run, 1, 2))
      expect(await Promise.all(pages)).toMatchObject([
        { status: 'found', entries: [{ seq: 1 }, { seq: 2 }] },
      ])
    })

    it('[L2] brings a reader everything exactly once, wherever it starts while the run goes on', async () => {
      const run = newRun()
      tested.log.append(run, entries(run, 1, 5))
      const readers = [0, 3, 5].map((after) => collect(tested.log, run, after))
      for (let first = 6; first <= 50; first += 5) {
        tested.log.append(run, entries(run, first, first + 4))
        if (first % 2 === 0) await Promise.resolve()
      }
      readers.push(collect(tested.log, run, 20))
      tested.log.append(run, [endEntry(51)])
      readers.push(collect(tested.log, run, 50))
      const all = Array.from({ length: 51 }, (_, index) => index + 1)
      expect(await Promise.all(readers)).toEqual(
        [0, 3, 5, 20, 50].map((after) => all.filter((seq) => seq > after)),
      )
    })

    it('[L2] brings a reader the end that comes while it reads', async () => {
      const run = newRun()
      tested.log.append(run, entries(run, 1, 1))
      let reads = 0
      const log: RunLog = {
        ...tested.log,
        async read(...place) {
          const page = await tested.log.read(...place)
          reads += 1
          // The page says that nothing more is there, and then there is.
          if (reads === 2) tested.log.append(run, [endEntry(2)])
          return page
        },
      }
      expect(await collect(log, run, 0)).toEqual([1, 2])
    })

    it('[L3] lets a reader whose sink is full catch up without losing or repeating anything', async () => {
      const run = newRun()
      tested.log.append(run, entries(run, 1, 1))
      const taken: number[] = []
      const drains: (() => void)[] = []
      let room = 1
      const following = followRun(tested.log, {
        runId: run,
        after: 0,
        signal: new AbortController().signal,
        sink: {
          write(batch) {
            const fitting = batch.slice(0, room)
            room -= fitting.length
            taken.push(...fitting.map(({ seq }) => seq))
            return fitting.length
          },
          async drained() {
            await new Promise<void>((resolve) => drains.push(resolve))
            room = 2
          },
        },
      })
      for (let seq = 2; seq <= 30; seq += 1) {
        tested.log.append(run, entries(run, seq, seq))
        if (seq % 3 === 0) drains.shift()?.()
        await Promise.resolve()
      }
      tested.log.append(run, [endEntry(31)])
      const pump = setInterval(() => drains.shift()?.(), 1)
      await following
      clearInterval(pump)
      expect(taken).toEqual(Array.from({ length: 31 }, (_, index) => index + 1))
    })

    it('[L2] brings a reader that is ahead of the run nothing that it has', async () => {
      const run = newRun()
      tested.log.append(run, entries(run, 1, 3))
      const reader = collect(tested.log, run, 8)
      for (let seq = 4; seq <= 10; seq += 1) {
        await Promise.resolve()
        tested.log.append(run, entries(run, seq, seq))
      }
      tested.log.append(run, [endEntry(11)])
      expect(await reader).toEqual([9, 10, 11])
    })

    it('[L5] leaves a reader that fails, and nobody else', async () => {
      const run = newRun()
      tested.log.append(run, entries(run, 1, 1))
      const failing = collect(tested.log, run, 0, () => {
        throw new Error('The reader failed.')
      })
      const other = collect(tested.log, run, 0)
      // Until both wait for the next append.
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
      tested.log.append(run, entries(run, 2, 2))
      tested.log.append(run, [endEntry(3)])
      await expect(failing).rejects.toThrow('The reader failed.')
      expect(await other).toEqual([1, 2, 3])
    })
  })
}

/** Plausible entries with the numbers from `first` to `last`. */
export function entries(runId: string, first: number, last: number): readonly LogEntry[] {
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const seq = first + index
    return seq === 1
      ? new LogEntry({
          seq,
          at: 0,
          type: 'run-start',
          runId,
          flowId: 'contract',
          document: 'none',
          trace: 'summary',
          input: null,
        })
      : yieldEntry(seq, `value ${seq}`, JSON.stringify(`value ${seq}`))
  })
}

function yieldEntry(seq: number, value: unknown, json: string): LogEntry {
  return new LogEntry({ seq, at: seq, type: 'run-yield', visit: 1, value }, { valueJson: json })
}

/** The last entry of a run. */
export function endEntry(seq: number): LogEntry {
  const event: RunEvent = {
    seq,
    at: seq,
    type: 'run-end',
    outcome: 'completed',
    result: null,
    usage: null,
  }
  return new LogEntry(event)
}

async function seqs(log: RunLog, run: string, after: number, limit: number): Promise<number[]> {
  const page = await log.read(run, after, limit)
  return page.status === 'found' ? page.entries.map(({ seq }) => seq) : []
}

async function collect(
  log: RunLog,
  runId: string,
  after: number,
  beforeLater: () => void = () => undefined,
): Promise<number[]> {
  const taken: number[] = []
  await followRun(log, {
    runId,
    after,
    signal: new AbortController().signal,
    sink: {
      write(batch) {
        if (taken.length > 0) beforeLater()
        taken.push(...batch.map(({ seq }) => seq))
        return batch.length
      },
      drained: () => Promise.resolve(),
    },
  })
  return taken
}
