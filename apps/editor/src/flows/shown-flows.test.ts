import { registry } from '@millrace/nodes'
import { describe, expect, it } from 'vitest'
import { shownFlows, type FlowFilter } from './shown-flows.ts'
import { summaryOf } from './testing/summary-of.ts'

const everything: FlowFilter = { query: '', sort: 'name', state: 'any', tags: [] }

const flows = [
  summaryOf('support', {
    name: 'Support assistant',
    description: 'Answers customers from the handbook.',
    tags: ['Live', 'customers'],
    updatedAt: new Date(3000),
    lastRun: { id: 'one', state: 'failed', startedAt: new Date(10) },
  }),
  summaryOf('invoices', {
    name: 'Invoices',
    tags: ['live'],
    nodeTypes: ['sqlServer.getSingleValue'],
    nodeTitles: ['Look up the customer'],
    errorCount: 1,
    updatedAt: new Date(1000),
    lastRun: { id: 'two', state: 'completed', startedAt: new Date(20) },
  }),
  summaryOf('damaged', { name: 'damaged', status: 'unreadable', updatedAt: new Date(2000) }),
]

function ids(filter: Partial<FlowFilter>): readonly string[] {
  return shownFlows(flows, { ...everything, ...filter }, registry).map(({ id }) => id)
}

describe('the flows of the page', () => {
  it('are in the order that was chosen', () => {
    expect(ids({})).toEqual(['damaged', 'invoices', 'support'])
    expect(ids({ sort: 'changed' })).toEqual(['support', 'damaged', 'invoices'])
    expect(ids({ sort: 'lastRun' })).toEqual(['invoices', 'support', 'damaged'])
  })

  it('are those with every tag that was chosen, whatever its case', () => {
    expect(ids({ tags: ['LIVE'] })).toEqual(['invoices', 'support'])
    expect(ids({ tags: ['live', 'customers'] })).toEqual(['support'])
  })

  it('are those that stand as was asked', () => {
    expect(ids({ state: 'problems' })).toEqual(['damaged', 'invoices'])
    expect(ids({ state: 'failed' })).toEqual(['support'])
    expect(ids({ state: 'neverRun' })).toEqual(['damaged'])
  })
})

describe('a search', () => {
  it('finds by name, tag, description, titles of nodes and what nodes are', () => {
    expect(ids({ query: 'assist' })).toEqual(['support'])
    expect(ids({ query: 'handbook' })).toEqual(['support'])
    expect(ids({ query: 'look up' })).toEqual(['invoices'])
    expect(ids({ query: 'sql server' })).toEqual(['invoices'])
  })

  it('has the best hit first', () => {
    expect(ids({ query: 'customer' })).toEqual(['support', 'invoices'])
  })

  it('wants every word, and forgives a letter in one that is not short', () => {
    expect(ids({ query: 'suport asistant' })).toEqual(['support'])
    expect(ids({ query: 'support nowhere' })).toEqual([])
    expect(ids({ query: 'lave' })).toEqual(['invoices', 'support'])
    expect(ids({ query: 'xyz' })).toEqual([])
  })

  it('of signs alone hides nothing', () => {
    expect(ids({ query: ' … ' })).toEqual(['damaged', 'invoices', 'support'])
  })
})
