import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../access/principal.ts'
import type { FlowStore } from '../flows/flow-store.ts'
import { createSqliteFlowStore } from '../flows/sqlite-flow-store.ts'
import { openFreshStore } from '../testing/open-fresh-store.ts'
import type { Environment } from './environment.ts'
import { createFlowsToRun, type FlowsToRun } from './flows-to-run.ts'
import type { PublicationStore } from './publication-store.ts'
import { createSqlitePublicationStore } from './sqlite-publication-store.ts'

let flows: FlowStore
let publications: PublicationStore
let flowsToRun: FlowsToRun
let close: () => Promise<void>
beforeAll(async () => {
  const { database, ...store } = await openFreshStore()
  close = store.close
  flows = createSqliteFlowStore({ database, now: Date.now })
  publications = createSqlitePublicationStore({ database, now: Date.now })
  flowsToRun = createFlowsToRun({ flows, publications })
  await flows.create('draft', 'draft 1')
  await flows.create('live', 'live 1')
  await flows.save('live', { text: 'live 2', basedOn: 1 })
  await flows.save('live', { text: 'live 3', basedOn: 2 })
  await publications.publish('live', { environment: 'production', revision: 1 })
  await publications.publish('live', { environment: 'test', revision: 2 })
})
afterAll(() => close())

const key = (environment?: Environment): Principal => ({
  kind: 'key',
  keyId: 'k',
  policies: ['execute'],
  flows: 'all',
  environment,
  limits: { requestsPerMinute: null, concurrentRuns: null },
})
const operator: Principal = { kind: 'operator' }
const open: Principal = { kind: 'open' }
const visitor: Principal = { kind: 'visitor', flowId: 'live', visitorId: 'v', user: undefined }

/** The text that runs, or why none does. */
async function runs(flowId: string, principal: Principal, environment?: Environment) {
  try {
    return (await flowsToRun.find(flowId, { principal, environment })).text
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('what runs when a flow is named', () => {
  it('is what is published to production, for a key and a visitor', async () => {
    for (const principal of [key(), key('production'), visitor]) {
      expect(await runs('live', principal)).toBe('live 1')
      expect(await runs('draft', principal)).toBe('flow_not_published')
    }
  })

  it('is the draft, for the operator and a key of development', async () => {
    for (const principal of [operator, key('development')]) {
      expect(await runs('live', principal)).toBe('live 3')
      expect(await runs('draft', principal)).toBe('draft 1')
    }
  })

  it('is what there is, for anybody on a loopback server that has no keys', async () => {
    expect(await runs('live', open)).toBe('live 1')
    expect(await runs('draft', open)).toBe('draft 1')
    expect(await runs('draft', open, 'production')).toBe('flow_not_published')
  })

  it('is what is published to the environment that the request names', async () => {
    for (const principal of [operator, open, key()]) {
      expect(await runs('live', principal, 'test')).toBe('live 2')
      expect(await runs('draft', principal, 'test')).toBe('flow_not_published')
    }
  })

  it('is no draft for a key that is not of development', async () => {
    expect(await runs('live', key(), 'development')).toBe('flow_not_published')
  })

  it('is nothing in an environment that the key or the visitor is not for', async () => {
    expect(await runs('live', key('test'), 'production')).toBe('forbidden')
    expect(await runs('live', key('test'), 'development')).toBe('forbidden')
    expect(await runs('live', visitor, 'test')).toBe('forbidden')
  })

  it('is nothing when there is no such flow', async () => {
    expect(await runs('gone', key())).toBe('not_found')
    expect(await runs('gone', operator)).toBe('not_found')
    expect(await runs('gone', key(), 'development')).toBe('not_found')
  })

  it('is told to be unpublished together with what to do', async () => {
    await expect(flowsToRun.find('draft', { principal: key() })).rejects.toThrow(
      'The flow "draft" is not published to production. Publish it there: in the editor, or with POST /api/flows/draft/publish {"environment":"production"}.',
    )
  })
})

describe('what a caller can run that has a node of a type', () => {
  beforeAll(async () => {
    await flows.create('ticking', 'ticking 1 "tick"')
    await flows.save('ticking', { text: 'ticking 2 "tick"', basedOn: 1 })
    await publications.publish('ticking', { environment: 'production', revision: 1 })
    await publications.publish('ticking', { environment: 'test', revision: 2 })
    await flows.create('begun', 'begun 1 "tick"')
    await flows.create('changed', 'changed 1, tick')
    await flows.save('changed', { text: 'changed 2 "tick"', basedOn: 1 })
    await publications.publish('changed', { environment: 'production', revision: 1 })
  })

  const list = async (principal: Principal, environment?: Environment) =>
    (await flowsToRun.listWith('tick', { principal, environment })).map(({ text }) => text)

  it('is what is published where the caller is', async () => {
    expect(await list(key())).toEqual(['ticking 1 "tick"'])
    expect(await list(key('test'))).toEqual(['ticking 2 "tick"'])
    expect(await list(key(), 'development')).toEqual([])
    expect(await list(operator)).toEqual(['begun 1 "tick"', 'changed 2 "tick"', 'ticking 2 "tick"'])
  })

  it('is no draft of what is published, for anybody on a server that has no keys', async () => {
    expect(await list(open)).toEqual(['begun 1 "tick"', 'ticking 1 "tick"'])
  })
})
