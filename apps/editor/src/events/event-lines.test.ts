import type { RunEvent } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { eventLines, filterLines, offsetText, summaryOf } from './event-lines.ts'

const events: readonly RunEvent[] = [
  {
    seq: 1,
    at: 1000,
    type: 'run-start',
    runId: 'r1',
    flowId: 'chat',
    document: 'd',
    trace: 'full',
  },
  { seq: 2, at: 1001, type: 'node-start', visit: 1, nodeId: 'model' },
  { seq: 3, at: 1250, type: 'node-delta', visit: 1, delta: 'Hi\n' },
  { seq: 4, at: 1260, type: 'run-yield', visit: 2, value: { content: 'Hi\n', index: 0 } },
  { seq: 5, at: 2300, type: 'run-end', outcome: 'completed', usage: null },
]

describe('event lines', () => {
  const lines = eventLines(events, { startedAt: 1000, visits: new Map([[1, 'model']]) })

  it('says of each event what failure it tells of', () => {
    const error = { code: 'internal', message: 'No.', retryable: false } as const
    const failed: RunEvent = { seq: 3, at: 1250, type: 'node-error', visit: 1, error }
    const known = eventLines([...events.slice(0, 2), failed], { startedAt: 1, visits: new Map() })
    expect(known.map(({ failure }) => failure)).toEqual([undefined, undefined, 'failed'])
  })

  it('names the node of each event and its time since the start', () => {
    expect(lines.map(({ nodeId, offset }) => [nodeId, offsetText(offset)])).toEqual([
      [undefined, '+0.000 s'],
      ['model', '+0.001 s'],
      ['model', '+0.250 s'],
      [undefined, '+0.260 s'],
      [undefined, '+1.300 s'],
    ])
  })

  it('says in one line what an event says', () => {
    expect(events.map(summaryOf)).toEqual([
      'chat · r1',
      'visit 1',
      '"Hi\\n"',
      '"Hi\\n"',
      'completed',
    ])
  })

  it('writes the statement of a query on one line', () => {
    const call = {
      seq: 6,
      at: 1300,
      type: 'node-call',
      visit: 1,
      kind: 'query',
      attempt: 1,
    } as const
    const statement = 'SELECT name\n  FROM people\n WHERE id = @id\n'
    expect(summaryOf({ ...call, statement, ms: 3.2 })).toBe(
      'query · SELECT name FROM people WHERE id = @id · 3 ms',
    )
    expect(summaryOf({ ...call, statement: 'x'.repeat(300) })).toBe(`query · ${'x'.repeat(240)}…`)
  })

  it('writes what a request did, and which run another flow is', () => {
    const call = { seq: 6, at: 1300, type: 'node-call', visit: 1, attempt: 1, ms: 12 } as const
    expect(summaryOf({ ...call, kind: 'request', method: 'GET', status: 404 })).toBe(
      'request · GET · 404 · 12 ms',
    )
    expect(summaryOf({ ...call, kind: 'flow', childRunId: 'run-2' })).toBe(
      'flow · run run-2 · 12 ms',
    )
  })

  it('filters by type, title of the node and content', () => {
    const titles = () => 'Streaming chat completion'
    const seqs = (filter: string) =>
      filterLines(lines, filter, titles).map(({ event }) => event.seq)
    expect(seqs('yield')).toEqual([4])
    expect(seqs('streaming hi')).toEqual([3])
    expect(seqs('  ')).toEqual([1, 2, 3, 4, 5])
  })
})
