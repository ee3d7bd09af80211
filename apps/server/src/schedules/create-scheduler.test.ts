import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile } from '@millrace/engine'
import { FlowError, serializeFlow, type Flow, type JsonObject } from '@millrace/flow'
import { nodes } from '@millrace/nodes/server'
import type { Kysely } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../database/open-store.ts'
import { createReadJson } from '../database/read-json.ts'
import type { StoreSchema } from '../database/schema.ts'
import type { FlowToRun } from '../environments/flows-to-run.ts'
import { readStored } from '../flows/read-document.ts'
import { createScheduler } from './create-scheduler.ts'
import { createSqliteScheduleStore } from './sqlite-schedule-store.ts'

const minute = 60_000
/** A Monday, shortly before 9 o'clock. */
const before = Date.UTC(2027, 1, 1, 8, 59, 30)
const nine = before + 30_000

let directory: string
let database: Kysely<StoreSchema>
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-scheduler-'))
  ;({ database } = await openStore(directory))
})
afterEach(async () => {
  await database.destroy()
  rmSync(directory, { recursive: true })
})

function scheduled(id: string, properties: JsonObject): FlowToRun {
  const flow: Flow = {
    format: 'millrace/flow',
    version: 1,
    id,
    name: id,
    nodes: [{ id: 'trigger', type: 'schedule.trigger', properties }],
    edges: [],
  }
  return { id, text: serializeFlow(flow), revision: 1, updatedAt: 0, environment: 'production' }
}

/** A world whose clock goes from one callback to the next. */
function startWorld(flows: readonly FlowToRun[], now = before) {
  const world = {
    now,
    started: [] as { flowId: string; input: unknown; environment: string; origin: string }[],
    states: new Map<string, 'running' | 'completed'>(),
    failures: [] as unknown[],
    waiting: undefined as { at: number; callback: () => void } | undefined,
    startError: undefined as Error | undefined,
  }
  const store = createSqliteScheduleStore({ database, readJson: createReadJson(() => undefined) })
  let wake: () => void = () => undefined
  const scheduler = createScheduler({
    flowsToRun: { listWith: async () => flows },
    target: { principal: { kind: 'operator' }, environment: 'production' },
    plans: {
      async of({ text }) {
        const read = readStored(text)
        if (read.status !== 'flow') throw new Error('It is a flow.')
        return compile(read.flow, [{ nodes, connections: [] }])
      },
    },
    store,
    runs: {
      async start(plan, { input, environment, origin }) {
        if (world.startError !== undefined) throw world.startError
        const id = `r${world.started.length + 1}`
        world.started.push({ flowId: plan.flow.id, input, environment, origin })
        world.states.set(id, 'running')
        return { id } as never // nothing else of it is asked for
      },
      async find(id) {
        const state = world.states.get(id)
        if (state === undefined) throw new FlowError('not_found', 'It is gone.')
        return { state } as never // as above
      },
    },
    log: { expectStored: () => Promise.resolve() },
    now: () => world.now,
    timer(callback, ms) {
      world.waiting = { at: world.now + ms, callback }
      wake()
      return () => (world.waiting = undefined)
    },
    onFailure: (error) => world.failures.push(error),
  })
  async function next(late = 0): Promise<void> {
    const { waiting } = world
    if (waiting === undefined) throw new Error('It waits for nothing.')
    const { promise: again, resolve } = Promise.withResolvers<void>()
    wake = resolve
    world.now = waiting.at + late
    world.waiting = undefined
    waiting.callback()
    await again
  }
  return { world, store, scheduler, next }
}

describe('the clock', () => {
  it('starts what is due when a minute begins, in the background, with its data', async () => {
    const { world, store, next } = startWorld([
      scheduled('nine', { schedule: { cron: '0 9 * * 1-5' }, defaultData: { days: 7 } }),
      scheduled('berlin', { schedule: { cron: '0 10 * * *', timeZone: 'Europe/Berlin' } }),
      scheduled('ten', { schedule: { cron: '0 10 * * *' } }),
    ])
    await next(900)
    const scheduledAt = '2027-02-01T09:00:00.000Z'
    const common = { environment: 'production', origin: 'schedule' }
    expect(world.started).toEqual([
      { flowId: 'nine', input: { days: 7, scheduledAt }, ...common },
      { flowId: 'berlin', input: { scheduledAt }, ...common },
    ])
    expect(await store.find('nine')).toEqual({
      flowId: 'nine',
      dueAt: nine,
      runId: 'r1',
      error: undefined,
    })
    await next()
    expect(world.started).toHaveLength(2)
  })

  it('skips what was due while nobody looked', async () => {
    const { world, next } = startWorld([scheduled('nine', { schedule: { cron: '0 9 * * *' } })])
    await next(5 * minute)
    expect(world.started).toEqual([])
  })

  it('starts no time twice, also when it is started again or its clock is put back', async () => {
    const flows = [scheduled('often', { schedule: { cron: '* * * * *' } })]
    const first = startWorld(flows)
    await first.next()
    first.world.states.set('r1', 'completed')
    await first.scheduler.close()
    const second = startWorld(flows)
    await second.next()
    expect(second.world.started).toEqual([])
    await second.next()
    expect(second.world.started).toHaveLength(1)
  })

  it('starts no second run while the one before goes on, and says so', async () => {
    const { world, store, next } = startWorld([
      scheduled('often', { schedule: { cron: '* * * * *' } }),
    ])
    await next()
    await next()
    expect(world.started).toHaveLength(1)
    expect(await store.find('often')).toMatchObject({
      dueAt: nine + minute,
      runId: 'r1',
      error: { code: 'conflict', message: expect.stringContaining('still went on') },
    })
    world.states.delete('r1')
    await next()
    expect(world.started).toHaveLength(2)
  })

  it('keeps why a flow could not start, and starts the others', async () => {
    const { world, store, next } = startWorld([
      scheduled('wrong', { schedule: { cron: '* * * * *' }, outputVariable: '1' }),
      scheduled('right', { schedule: { cron: '* * * * *' } }),
    ])
    await next()
    expect(world.started.map(({ flowId }) => flowId)).toEqual(['right'])
    expect(await store.find('wrong')).toMatchObject({ error: { code: 'flow_invalid' } })
    expect(world.failures).toHaveLength(1)
  })

  it('leaves schedules alone that nobody can keep, and flows without one', async () => {
    const { world, next } = startWorld([
      scheduled('wrong', { schedule: { cron: '61 * * * *' } }),
      scheduled('none', {}),
      { ...scheduled('damaged', {}), text: '"schedule.trigger" {' },
    ])
    await next()
    expect(world.started).toEqual([])
    expect(world.failures).toEqual([])
  })

  it('starts nothing once it is closed', async () => {
    const { world, scheduler } = startWorld([
      scheduled('often', { schedule: { cron: '* * * * *' } }),
    ])
    await scheduler.close()
    expect(world.waiting).toBeUndefined()
  })
})
