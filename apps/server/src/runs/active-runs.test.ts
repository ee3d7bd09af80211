import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, LogEntry, type Plan } from '@millrace/engine'
import type { Flow, FlowNode } from '@millrace/flow'
import * as nodes from '@millrace/nodes/server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createReadJson } from '../database/read-json.ts'
import { registry } from '@millrace/nodes'
import { createRecordedRuns } from '../flow-tests/recorded-runs.ts'
import { createRunServices, type RunServices } from '../run-services.ts'
import { readSettings } from '../settings.ts'
import { createActiveRuns, type ActiveRuns } from './active-runs.ts'
import { createReaders } from './readers.ts'
import { createStoredRunLog, type StoredRunLog } from './stored-run-log.ts'

let directory: string
let log: StoredRunLog
let services: RunServices
let runs: ActiveRuns
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-active-'))
  log = await createStoredRunLog({
    directory,
    now: Date.now,
    readJson: createReadJson(() => undefined),
    onLoss: () => undefined,
    onUpkeepFailure: () => undefined,
    onInterrupted: () => undefined,
    schedule: () => () => undefined,
    retention: () => Promise.reject(new Error('Nothing is due.')),
  })
  services = createRunServices({
    openConnection: () => Promise.reject(new Error('There is none.')),
    mayConnect: () => false,
    functions: nodes.createFunctionSandbox(),
  })
  runs = createActiveRuns({
    log,
    runtime: { load: () => Promise.resolve({ nodes, packages: [nodes], services }) },
    readers: createReaders(() => () => undefined),
    recorded: createRecordedRuns(),
    registry,
    openConnection: () => Promise.reject(new Error('There is none.')),
    planIn: () => Promise.resolve(waiting),
    onDefect: () => undefined,
    limits: { ...readSettings({}).limits, runs: 3, backgroundRuns: 1 },
  })
})
afterEach(async () => {
  await runs.drain(0)
  await services.dispose()
  await log.close()
  rmSync(directory, { recursive: true })
})

const planOf = (id: string, node: FlowNode): Plan => {
  const flow: Flow = { format: 'millrace/flow', version: 1, id, name: id, nodes: [node], edges: [] }
  return compile(flow, [nodes])
}
const waiting = planOf('waiting', {
  id: 'wait',
  type: 'flow.wait',
  properties: { duration: 60, unit: 'minutes' },
})
const calling = planOf('calling', {
  id: 'call',
  type: 'flow.runFlow',
  properties: { flow: 'waiting' },
})
const start = (plan: Plan, kind: 'streaming' | 'background') =>
  runs.start(plan, {
    input: {},
    kind,
    environment: 'development',
    origin: 'designer',
    trace: 'full',
  })

it('[R14] refuses one run more than may go on, and takes it when one has ended', async () => {
  const first = await start(waiting, 'background')
  const refusal = { code: 'rate_limited', status: 429, retryable: true }
  await expect(start(waiting, 'background')).rejects.toMatchObject({
    ...refusal,
    details: { limit: 'backgroundRuns', max: 1, retryAfter: 1 },
  })
  await start(waiting, 'streaming')
  await start(waiting, 'streaming')
  await expect(start(waiting, 'streaming')).rejects.toMatchObject({
    ...refusal,
    details: { limit: 'runs', max: 3, retryAfter: 1 },
  })
  await first.stop('stop')
  await start(waiting, 'streaming')
})

it('[R9] records a run that is called as fully as its caller, and interrupts both at a shutdown', async () => {
  await start(calling, 'streaming')
  const runsOf = async (flowId: string) => (await log.list({ flowId, limit: 2 })).runs
  await expect.poll(async () => (await runsOf('waiting')).length).toBe(1)
  const [called] = await runsOf('waiting')
  await runs.drain(0)
  const page = await log.read(called?.id ?? '', 0, 100)
  const events = page.status === 'found' ? page.entries.map(({ event }) => event) : []
  expect(events[0]).toMatchObject({ type: 'run-start', trace: 'full' })
  expect(events.at(-1)).toMatchObject({ type: 'run-end', outcome: 'interrupted' })
  const [caller] = await runsOf('calling')
  expect(caller?.state).toBe('interrupted')
})

it('[R9] counts a run that is called as one of its caller’s kind', async () => {
  const caller = await start(calling, 'background')
  expect(await caller.end).toMatchObject({
    outcome: 'failed',
    error: { code: 'rate_limited', details: { limit: 'backgroundRuns' } },
  })
})

it('says so when a run that is to be stopped is not run here', async () => {
  log.append('elsewhere', [
    new LogEntry({
      seq: 1,
      at: 1,
      type: 'run-start',
      runId: 'elsewhere',
      flowId: 'waiting',
      document: 'hash',
      trace: 'summary',
    }),
  ])
  await expect(runs.stop('elsewhere')).rejects.toMatchObject({ code: 'conflict', retryable: true })
  await expect(runs.stop('nowhere')).rejects.toMatchObject({ code: 'not_found' })
})
