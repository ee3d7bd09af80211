import type { RunEvent, RunEventOf } from '@millrace/flow'
import { LogEntry } from '@millrace/engine'
import { describe, expect, it } from 'vitest'
import { runStart } from '../testing/run-start.ts'
import {
  eventsAsNdjson,
  eventsAsSse,
  valuesAsArray,
  valuesAsNdjson,
  valuesAsSse,
  type Framing,
} from './framings.ts'

const end: RunEventOf<'run-end'> = {
  seq: 5,
  at: 50,
  type: 'run-end',
  outcome: 'completed',
  result: 'all',
  usage: null,
}
const failed: RunEvent = {
  seq: 5,
  at: 50,
  type: 'run-end',
  outcome: 'failed',
  error: { code: 'upstream_truncated', message: 'Cut.', retryable: true },
  usage: null,
}
const nodeStart: RunEvent = { seq: 2, at: 20, type: 'node-start', visit: 1, nodeId: 'chat' }

const entries = (...events: readonly RunEvent[]) =>
  [runStart, nodeStart, ...events].map((event) =>
    event.type === 'run-yield'
      ? new LogEntry(event, { valueJson: JSON.stringify(event.value) })
      : new LogEntry(event),
  )
const value = (seq: number, content: unknown): RunEvent => ({
  seq,
  at: seq * 10,
  type: 'run-yield',
  visit: 1,
  value: content,
})

const encode = (framing: Framing, all: readonly LogEntry[]) =>
  all.map((entry) => framing.encode(entry)).join('')

describe('values', () => {
  it('are SSE events with one line of JSON each, then the end', () => {
    const text = encode(valuesAsSse('r1'), entries(value(3, 'Hi\n'), value(4, { a: 1 }), end))
    expect(text).toBe(
      [
        'id: 3\nevent: yield\ndata: "Hi\\n"\n\n',
        'id: 4\nevent: yield\ndata: {"a":1}\n\n',
        'id: 5\nevent: end\ndata: {"outcome":"completed","runId":"r1","usage":null,"result":"all"}\n\n',
      ].join(''),
    )
  })

  it('end in an SSE error when the run failed', () => {
    expect(encode(valuesAsSse('r1'), entries(failed))).toBe(
      'id: 5\nevent: error\ndata: {"error":{"code":"upstream_truncated","message":"Cut.","retryable":true}}\n\n',
    )
  })

  it('end without an error when the run was stopped', () => {
    const { result: _, ...stopped } = { ...end, outcome: 'cancelled' as const }
    expect(encode(valuesAsSse('r1'), entries(stopped))).toBe(
      'id: 5\nevent: end\ndata: {"outcome":"cancelled","runId":"r1","usage":null,"result":null}\n\n',
    )
  })

  it('are lines of NDJSON', () => {
    expect(encode(valuesAsNdjson('r1'), entries(value(3, 'Hi'), end))).toBe(
      '{"seq":3,"value":"Hi"}\n{"end":{"outcome":"completed","runId":"r1","usage":null,"result":"all"}}\n',
    )
    expect(encode(valuesAsNdjson('r1'), entries(failed))).toMatch(/^\{"error":\{.*\}\}\n$/)
  })

  it('are one array, which stays open when the run failed', () => {
    const whole = valuesAsArray()
    expect(encode(whole, entries(value(3, 'a'))) + encode(whole, entries(value(4, 'b'), end))).toBe(
      '["a",\n"b"]\n',
    )
    expect(encode(valuesAsArray(), entries(end))).toBe('[]\n')
    expect(encode(valuesAsArray(), entries(value(3, 'a'), failed))).toBe('["a"')
  })
})

describe('events', () => {
  it('have their names and numbers as SSE', () => {
    const text = encode(eventsAsSse(), entries(value(3, 'a'), end))
    expect(text.match(/^event: .*$/gm)).toEqual([
      'event: run-start',
      'event: node-start',
      'event: run-yield',
      'event: run-end',
    ])
    expect(text).toContain(`id: 1\nevent: run-start\ndata: ${JSON.stringify(runStart)}\n\n`)
  })

  it('are a line each as NDJSON', () => {
    const all = entries(value(3, 'a'), end)
    expect(encode(eventsAsNdjson(), all)).toBe(all.map(({ json }) => `${json}\n`).join(''))
  })
})
