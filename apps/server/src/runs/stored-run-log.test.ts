import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { RunEvent } from '@millrace/flow'
import { followRun, LogEntry } from '@millrace/engine'
import { testRunLog } from '@millrace/engine/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReadJson } from '../database/read-json.ts'
import type { RunQuery } from './run-records.ts'
import { createStoredRunLog, type StoredRunLog } from './stored-run-log.ts'

function makeDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'millrace-runs-'))
}

interface Changes {
  readonly maxRuns?: number
  readonly onLoss?: (error: unknown) => void
  readonly now?: () => number
}

/** What the open logs wait for. */
let due: (() => void)[] = []

/** Lets the time of everything come that the logs wait for. */
function tick(): void {
  for (const callback of due.splice(0)) callback()
}

async function open(directory: string, changes: Changes = {}): Promise<StoredRunLog> {
  const { maxRuns = 1000, onLoss = fail, now = () => 9000 } = changes
  due = []
  return createStoredRunLog({
    directory,
    now,
    readJson: createReadJson(() => undefined),
    onLoss,
    onUpkeepFailure: () => undefined,
    onInterrupted: () => undefined,
    schedule: (callback) => {
      due.push(callback)
      return () => (due = due.filter((other) => other !== callback))
    },
    retention: async () => ({ runs: maxRuns, age: Infinity, bytes: Infinity, flows: [] }),
  })
}

function fail(error: unknown): never {
  throw error
}

testRunLog('The stored log', async () => {
  const directory = makeDirectory()
  const log = await open(directory)
  return {
    log,
    close: async () => {
      await log.close()
      rmSync(directory, { recursive: true })
    },
  }
})

describe('createStoredRunLog', () => {
  let directory: string
  let log: StoredRunLog
  beforeEach(async () => {
    directory = makeDirectory()
    log = await open(directory)
  })
  afterEach(async () => {
    await log.close()
    rmSync(directory, { recursive: true })
  })

  it('answers the same from the file as from memory', async () => {
    const entries = run('one', 500)
    log.append('one', entries)
    const fromMemory = await readAll(log, 'one')
    await log.flush()
    expect(await readAll(log, 'one')).toEqual(fromMemory)
    expect(fromMemory).toEqual(entries.map(({ event }) => event))
    await log.close()
    log = await open(directory)
    expect(await readAll(log, 'one')).toEqual(fromMemory)
  })

  it('reads on from the file when a running run has left memory', async () => {
    const entries = run('one', 500)
    for (const entry of entries.slice(0, 400)) log.append('one', [entry])
    await log.flush()
    expect(await log.read('one', 0, 3)).toMatchObject({
      status: 'found',
      entries: [{ event: { seq: 1 } }, { event: { seq: 2 } }, { event: { seq: 3 } }],
      isEnd: false,
    })
    expect(await log.read('one', 398, 3)).toMatchObject({ entries: [{ event: { seq: 399 } }, {}] })
  })

  it('brings a reader everything once while memory and file change places', async () => {
    const entries = run('one', 300)
    const seen: number[] = []
    let isFull = false
    log.append('one', entries.slice(0, 1))
    const following = followRun(log, {
      runId: 'one',
      after: 0,
      signal: new AbortController().signal,
      sink: {
        write: (written) => {
          if (isFull) return 0
          seen.push(...written.map(({ seq }) => seq))
          isFull = seen.length % 7 === 0
          return written.length
        },
        async drained() {
          await log.flush()
          isFull = false
        },
      },
    })
    for (const entry of entries.slice(1)) {
      log.append('one', [entry])
      if (entry.seq % 11 === 0) await log.flush()
    }
    await following
    expect(seen).toEqual(entries.map(({ seq }) => seq))
  })

  it('keeps how each run stands', async () => {
    const [start, ...rest] = run('one', 3)
    if (start !== undefined) log.append('one', [start])
    expect(await log.find('one')).toEqual({
      id: 'one',
      flowId: 'mill',
      state: 'running',
      startedAt: 1001,
      endedAt: null,
      usage: null,
      models: [],
      trace: 'summary',
      document: 'hash',
      sessionId: null,
      origin: 'client',
      parentRunId: null,
      againRunId: null,
      startedBy: null,
      environment: 'development',
    })
    log.append('one', rest)
    await log.flush()
    expect(await log.find('one')).toEqual({
      id: 'one',
      flowId: 'mill',
      state: 'completed',
      startedAt: 1001,
      endedAt: 1003,
      usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
      models: [],
      trace: 'summary',
      document: 'hash',
      sessionId: null,
      origin: 'client',
      parentRunId: null,
      againRunId: null,
      startedBy: null,
      environment: 'development',
      result: 'done',
    })
    expect(await log.find('other')).toBeUndefined()
  })

  it('lists the latest start first, and the latest of each flow', async () => {
    for (const [index, id] of ['one', 'two', 'three'].entries()) {
      log.append(id, run(id, 3, { at: 1000 * (index + 1), flowId: id === 'two' ? 'race' : 'mill' }))
    }
    const ids = async (query: Partial<RunQuery>) =>
      (await log.list({ limit: 10, ...query })).runs.map(({ id }) => id)
    expect(await ids({})).toEqual(['three', 'two', 'one'])
    expect(await ids({ flowId: 'mill', limit: 1 })).toEqual(['three'])
    expect(await ids({ state: 'failed' })).toEqual([])
    expect(await ids({ from: 2001, to: 3001 })).toEqual(['two'])
    expect(await ids({ origin: 'designer' })).toEqual([])
    const latest = await log.latestOfFlows()
    expect(latest.get('mill')?.id).toBe('three')
    expect(latest.get('race')?.id).toBe('two')
  })

  it('ends what a process that is gone left running', async () => {
    log.append('one', run('one', 10).slice(0, 5))
    await log.close()
    log = await open(directory)
    expect(await log.find('one')).toMatchObject({ state: 'interrupted', endedAt: 9000 })
    const events = await readAll(log, 'one')
    expect(events.at(-1)).toEqual({
      seq: 6,
      at: 9000,
      type: 'run-end',
      outcome: 'interrupted',
      usage: null,
      lost: true,
    })
  })

  it('ends what still runs when it closes, and gives its lease back, so that nobody has to wait', async () => {
    log.append('one', run('one', 10).slice(0, 5))
    await log.close()
    const file = new DatabaseSync(join(directory, 'runs.db'))
    expect(file.prepare('SELECT state FROM runs').all()).toEqual([{ state: 'interrupted' }])
    expect(file.prepare('SELECT id FROM run_writers').all()).toEqual([])
    file.close()
    log = await open(directory)
  })

  it('renews its lease with what it stores, and while its runs have nothing to store', async () => {
    let time = 1000
    await log.close()
    log = await open(directory, { now: () => time })
    const file = new DatabaseSync(join(directory, 'runs.db'))
    const leases = () => file.prepare('SELECT expires_at FROM run_writers').all()
    log.append('one', run('one', 9).slice(0, 1))
    await log.flush()
    expect(leases()).toEqual([{ expires_at: 16_000 }])
    time = 8000
    log.append('one', run('one', 9).slice(1, 2))
    await log.flush()
    expect(leases()).toEqual([{ expires_at: 23_000 }])
    time = 15_000
    tick()
    await expect.poll(leases).toEqual([{ expires_at: 30_000 }])
    file.close()
  })

  it('gives a reader that saw more than was stored its end at once', async () => {
    log.append('one', run('one', 10).slice(0, 5))
    await log.close()
    log = await open(directory)
    for (const after of [6, 9]) {
      expect(await log.read('one', after, 10)).toMatchObject({
        status: 'found',
        isEnd: true,
        entries: [
          { event: { seq: after + 1, type: 'run-end', outcome: 'interrupted', lost: true } },
        ],
      })
    }
  })

  it('goes on when the disk fails: the loss is told, and later runs are kept again', async () => {
    await log.close()
    const losses: unknown[] = []
    log = await open(directory, { onLoss: (error) => losses.push(error) })
    const file = new DatabaseSync(join(directory, 'runs.db'))
    file.exec('ALTER TABLE run_events RENAME TO away')
    log.append('one', run('one', 100))
    await log.flush()
    expect(String(losses)).toContain('no such table')
    file.exec('ALTER TABLE away RENAME TO run_events')
    file.close()
    log.append('two', run('two', 3))
    await log.flush()
    expect(await readAll(log, 'two')).toHaveLength(3)
    expect(await readAll(log, 'one')).toMatchObject([
      { seq: 1, type: 'run-end', outcome: 'completed', lost: true },
    ])
    expect(losses).toHaveLength(1)
  })

  it('[R13] says that the start of a run is stored only when it is', async () => {
    await log.close()
    log = await open(directory, { onLoss: () => undefined })
    log.append('one', run('one', 3).slice(0, 1))
    await log.expectStored('one')
    const file = new DatabaseSync(join(directory, 'runs.db'))
    expect(file.prepare('SELECT id, state FROM runs').all()).toEqual([
      { id: 'one', state: 'running' },
    ])
    file.exec('ALTER TABLE runs RENAME TO away')
    log.append('two', run('two', 3).slice(0, 1))
    await expect(log.expectStored('two')).rejects.toThrow()
    file.exec('ALTER TABLE away RENAME TO runs')
    file.close()
  })

  it('[R13] has the start of a run on the disk itself when it says so, and waits for the disk with nothing else', async () => {
    const file = new DatabaseSync(join(directory, 'runs.db'))
    file.exec(`CREATE TABLE waits (run_id TEXT, synchronous INTEGER);
      CREATE TRIGGER noted AFTER INSERT ON runs BEGIN
        INSERT INTO waits SELECT new.id, synchronous FROM pragma_synchronous;
      END`)
    log.append('before', run('before', 3).slice(0, 1))
    await log.flush()
    log.append('started', run('started', 3).slice(0, 1))
    await log.expectStored('started')
    log.append('after', run('after', 3).slice(0, 1))
    await log.flush()
    const [normal, full] = [1, 2]
    expect(file.prepare('SELECT * FROM waits').all()).toEqual([
      { run_id: 'before', synchronous: normal },
      { run_id: 'started', synchronous: full },
      { run_id: 'after', synchronous: normal },
    ])
    file.close()
  })

  it('[R13] has the deletion of runs on the disk itself when it answers', async () => {
    log.append('one', run('one', 3))
    await log.flush()
    const file = new DatabaseSync(join(directory, 'runs.db'))
    file.exec(`CREATE TABLE waits (run_id TEXT, synchronous INTEGER);
      CREATE TRIGGER noted AFTER DELETE ON runs BEGIN
        INSERT INTO waits SELECT old.id, synchronous FROM pragma_synchronous;
      END`)
    await log.remove({ by: 'run', ids: ['one'] })
    const full = 2
    expect(file.prepare('SELECT * FROM waits').all()).toEqual([
      { run_id: 'one', synchronous: full },
    ])
    file.close()
  })

  it('keeps how a run ended when its end could not be stored, and tells its readers', async () => {
    await log.close()
    log = await open(directory, { onLoss: () => undefined })
    const entries = run('one', 100)
    log.append('one', entries.slice(0, 60))
    await log.flush()
    const file = new DatabaseSync(join(directory, 'runs.db'))
    file.exec('ALTER TABLE run_events RENAME TO away')
    log.append('one', entries.slice(60))
    await log.flush()
    file.exec('ALTER TABLE away RENAME TO run_events')
    file.close()
    expect(await log.find('one')).toMatchObject({ state: 'completed', result: 'done' })
    expect(await log.read('one', 60, 10)).toMatchObject({
      status: 'found',
      isEnd: true,
      entries: [{ event: { seq: 61, type: 'run-end', outcome: 'completed', lost: true } }],
    })
    await log.close()
    log = await open(directory)
    expect(await log.find('one')).toMatchObject({ state: 'completed', result: 'done' })
  })

  it('stores how a run ended as soon as that can be, although nothing else runs', async () => {
    await log.close()
    log = await open(directory, { onLoss: () => undefined })
    const file = new DatabaseSync(join(directory, 'runs.db'))
    file.exec('ALTER TABLE run_events RENAME TO away')
    log.append('one', run('one', 3))
    await log.flush()
    file.exec('ALTER TABLE away RENAME TO run_events')
    tick()
    await expect
      .poll(() => file.prepare('SELECT id, state FROM runs').all())
      .toEqual([{ id: 'one', state: 'completed' }])
    file.close()
  })

  it('knows how a run ended while that is being stored once more', async () => {
    await log.close()
    log = await open(directory, { onLoss: () => undefined })
    const entries = run('one', 3)
    log.append('one', entries.slice(0, 2))
    await log.flush()
    const file = new DatabaseSync(join(directory, 'runs.db'))
    file.exec('ALTER TABLE run_events RENAME TO away')
    log.append('one', entries.slice(2))
    await log.flush()
    file.exec('ALTER TABLE away RENAME TO run_events')
    file.close()
    const stored = log.flush()
    expect(await log.find('one')).toMatchObject({ state: 'completed' })
    await stored
  })

  it('says that a reader missed what could not be stored, while the run goes on', async () => {
    await log.close()
    log = await open(directory, { onLoss: () => undefined })
    const entries = run('one', 200)
    log.append('one', entries.slice(0, 10))
    await log.flush()
    const file = new DatabaseSync(join(directory, 'runs.db'))
    file.exec('ALTER TABLE run_events RENAME TO away')
    log.append('one', entries.slice(10, 90))
    await log.flush()
    file.exec('ALTER TABLE away RENAME TO run_events')
    file.close()
    expect(await log.read('one', 5, 100)).toMatchObject({ entries: { length: 5 }, isEnd: false })
    expect(await log.read('one', 10, 100)).toEqual({ status: 'gap', oldest: 75 })
    expect(await log.read('one', 74, 100)).toMatchObject({ entries: { length: 16 } })
  })

  it('stores all other runs when the events of one cannot be written as JSON', async () => {
    await log.close()
    const losses: unknown[] = []
    log = await open(directory, { onLoss: (error) => losses.push(error) })
    const entries = run('one', 3)
    // What is left to throw: text longer than any may be.
    const json = { get: () => fail(new RangeError('Invalid string length')) }
    entries.slice(1, 2).forEach((entry) => Object.defineProperty(entry, 'json', json))
    log.append('one', entries)
    log.append('two', run('two', 3))
    await log.flush()
    expect(await readAll(log, 'two')).toHaveLength(3)
    expect(await log.find('one')).toMatchObject({ state: 'completed' })
    expect(losses).toHaveLength(1)
  })

  it.each<[string, unknown]>([
    ['a function', () => 1],
    ['a number of any size', 1n],
    ['a value that throws', { toJSON: () => fail(new Error('no')) }],
  ])('stores all other runs when one ended with %s', async (_, result) => {
    await log.close()
    log = await open(directory, { onLoss: () => undefined })
    const end = { seq: 3, at: 0, type: 'run-end', outcome: 'completed', result } as const
    log.append('one', [...run('one', 3).slice(0, 2), new LogEntry(end)])
    log.append('two', run('two', 3))
    await log.flush()
    log.append('three', run('three', 3).slice(0, 1))
    await log.expectStored('three')
    await log.close()
    log = await open(directory)
    expect(await log.find('one')).toMatchObject({ state: 'completed' })
    expect(await readAll(log, 'two')).toHaveLength(3)
    expect(await log.find('three')).toMatchObject({ id: 'three' })
  })

  it('gives a reader that is ahead of an ended run its end, stored or not', async () => {
    log.append('one', run('one', 10))
    const expected = {
      status: 'found',
      isEnd: true,
      entries: [{ event: { seq: 13, type: 'run-end', outcome: 'completed', lost: true } }],
    }
    expect(await log.read('one', 12, 10)).toMatchObject(expected)
    await log.flush()
    expect(await log.read('one', 12, 10)).toMatchObject(expected)
  })

  it('reads large values back in pages that a slow reader can hold', async () => {
    const large = 'x'.repeat(100_000)
    log.append('one', run('one', 40, { value: large }))
    await log.flush()
    const page = await log.read('one', 0, 1000)
    expect(page).toMatchObject({ status: 'found', isEnd: false })
    expect(page.status === 'found' && page.entries.length).toBeLessThan(6)
    expect(await readAll(log, 'one')).toHaveLength(40)
  })

  it('deletes the oldest runs beyond the retention', async () => {
    await log.close()
    log = await open(directory, { maxRuns: 2 })
    for (const [index, id] of ['one', 'two', 'three'].entries()) {
      log.append(id, run(id, 3, { at: 1000 * (index + 1), flowId: 'mill' }))
    }
    await log.flush()
    tick()
    await expect.poll(() => log.find('one')).toBeUndefined()
    expect(await log.read('one', 0, 10)).toEqual({ status: 'unknown' })
    expect(await log.find('two')).toBeDefined()
  })

  it('never deletes a run that goes on, however old it is', async () => {
    await log.close()
    log = await open(directory, { maxRuns: 1 })
    log.append('old', run('old', 3).slice(0, 1))
    log.append('new', run('new', 3, { at: 2000 }))
    log.append('newest', run('newest', 3, { at: 3000 }))
    await log.flush()
    tick()
    await expect.poll(() => log.find('new')).toBeUndefined()
    expect(await log.find('old')).toMatchObject({ state: 'running' })
  })

  it('deletes what ended of a flow, and the room it took', async () => {
    log.append('one', run('one', 400, { value: 'x'.repeat(10_000) }))
    log.append('other', run('other', 3, { flowId: 'race' }))
    log.append('running', run('running', 3).slice(0, 2))
    await log.flush()
    const file = new DatabaseSync(join(directory, 'runs.db'))
    const pages = () => Number(file.prepare('PRAGMA page_count').get()?.['page_count'])
    const before = pages()
    expect(await log.remove({ by: 'flow', id: 'mill' })).toBe(1)
    expect(await log.find('one')).toBeUndefined()
    expect(await log.read('one', 0, 10)).toEqual({ status: 'unknown' })
    expect(await log.find('other')).toBeDefined()
    expect(await log.find('running')).toBeDefined()
    await expect.poll(pages).toBeLessThan(before / 3)
    file.close()
  })

  it('keeps a document once, and as long as a run that ran it is kept', async () => {
    let texts = 0
    const documentText = () => `text ${(texts += 1)}`
    const opening = {
      origin: 'client',
      parentRunId: 'caller',
      startedBy: null,
      environment: 'production',
      documentText,
    } as const
    log.opening(opening).append('one', run('one', 3))
    log.opening(opening).append('two', run('two', 3))
    expect(await log.findDocument('hash')).toBe('text 1')
    expect(await log.find('one')).toMatchObject({
      origin: 'client',
      parentRunId: 'caller',
      environment: 'production',
    })
    await log.remove({ by: 'run', ids: ['one'] })
    expect(await log.findDocument('hash')).toBe('text 1')
    await log.remove({ by: 'run', ids: ['two'] })
    expect(await log.findDocument('hash')).toBeUndefined()
    log.opening(opening).append('three', run('three', 3))
    expect(await log.findDocument('hash')).toBe('text 2')
  })

  it('finds a document that is stored without writing first what is on its way', async () => {
    const opening = {
      origin: 'client',
      parentRunId: null,
      startedBy: null,
      environment: 'production',
      documentText: () => 'text',
    } as const
    log.opening(opening).append('one', run('one', 3))
    expect(await log.findDocument('hash')).toBe('text')

    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    log.opening(opening).append('two', run('two', 3))
    expect(await log.findDocument('hash')).toBe('text')
    const file = new DatabaseSync(join(directory, 'runs.db'))
    const stored = () => file.prepare('SELECT id FROM runs ORDER BY id').all()
    expect(stored()).toEqual([{ id: 'one' }])
    expect(await log.findDocument('unknown')).toBeUndefined()
    expect(stored()).toEqual([{ id: 'one' }, { id: 'two' }])
    file.close()
    vi.useRealTimers()
  })

  it('ends a run that this process forgot, and tells whoever follows it', async () => {
    let time = 2000
    await log.close()
    log = await open(directory, { now: () => time })
    log.append('one', run('one', 3).slice(0, 2))
    await log.flush()
    const file = new DatabaseSync(join(directory, 'runs.db'))
    file.exec(`INSERT INTO run_writers VALUES ('elsewhere', 12000);
      INSERT INTO runs (id, flow_id, state, started_at, writer)
        VALUES ('alive', 'mill', 'running', 1000, 'elsewhere'),
               ('lost', 'mill', 'running', 1000, 'gone')`)
    const told: unknown[] = []
    log.listen('lost', (entries) => told.push(...entries.map(({ event }) => event)))
    tick()
    const state = async (id: string) => (await log.find(id))?.state
    const end = { type: 'run-end', outcome: 'interrupted', at: 2000 }
    // The store knows first: the writer's answer tells those who listen.
    await expect.poll(() => told).toMatchObject([{ seq: 1, ...end }])
    expect(await state('lost')).toBe('interrupted')
    expect(await log.read('lost', 0, 9)).toMatchObject({ entries: [{ event: end }], isEnd: true })
    expect([await state('one'), await state('alive')]).toEqual(['running', 'running'])

    time = 12_000
    await expect.poll(() => due.length).toBe(2)
    tick()
    await expect.poll(() => state('alive')).toBe('interrupted')
    expect(await state('one')).toBe('running')
    file.close()
  })

  it('adds nothing to a run that somebody else ended', async () => {
    log.append('one', run('one', 9).slice(0, 2))
    await log.flush()
    const other = await open(directory)
    expect(await other.find('one')).toMatchObject({ state: 'interrupted' })
    await other.close()
    log.append('one', run('one', 9).slice(2))
    await log.close()
    log = await open(directory)
    expect((await readAll(log, 'one')).map(({ type }) => type)).toEqual([
      'run-start',
      'run-yield',
      'run-end',
    ])
    expect(await log.find('one')).toMatchObject({ state: 'interrupted' })
  })

  it('counts what the calls of each model used, also of a run that was cut off', async () => {
    const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 }
    const call = (seq: number, model?: string) =>
      new LogEntry({
        ...{ seq, at: seq, type: 'node-call', visit: 2, kind: 'model', attempt: 1, usage },
        ...(model === undefined ? {} : { model }),
      })
    log.append('one', run('one', 9).slice(0, 1))
    log.append('one', [call(2, 'small'), call(3), call(4, 'small')])
    await log.close()
    log = await open(directory)
    expect(await log.find('one')).toMatchObject({
      state: 'interrupted',
      usage: { inputTokens: 3, outputTokens: 6, totalTokens: 9 },
      models: [
        { model: null, usage },
        { model: 'small', usage: { inputTokens: 2, outputTokens: 4, totalTokens: 6 } },
      ],
    })
    expect((await readAll(log, 'one')).at(-1)).toMatchObject({ usage: { totalTokens: 9 } })
  })
})

/** A whole run of so many events: its start, yields, its end. */
function run(
  id: string,
  length: number,
  { at = 1000, flowId = 'mill', value }: { at?: number; flowId?: string; value?: unknown } = {},
): LogEntry[] {
  return Array.from({ length }, (_, index) => {
    const seq = index + 1
    return new LogEntry(eventOf(id, { seq, at: at + seq, length, flowId, value }))
  })
}

interface EventShape {
  readonly seq: number
  readonly at: number
  readonly length: number
  readonly flowId: string
  /** What each yield sends; its own number when not given. */
  readonly value: unknown
}

function eventOf(runId: string, { seq, at, length, flowId, value }: EventShape): RunEvent {
  if (seq === 1) {
    return { seq, at, type: 'run-start', runId, flowId, document: 'hash', trace: 'summary' }
  }
  if (seq < length) {
    return { seq, at, type: 'run-yield', visit: 2, value: value ?? { content: `${seq}` } }
  }
  const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 }
  return { seq, at, type: 'run-end', outcome: 'completed', result: 'done', usage }
}

async function readAll(log: StoredRunLog, runId: string): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  while (true) {
    const page = await log.read(runId, events.length, 100)
    if (page.status !== 'found') throw new Error(`The page is ${page.status}.`)
    events.push(...page.entries.map(({ event }) => event))
    if (page.isEnd) return events
  }
}
