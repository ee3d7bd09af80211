import type { RunEvent } from '@millrace/flow'
import { LogEntry } from '@millrace/engine'
import { describe, expect, it } from 'vitest'
import { runStart } from '../testing/run-start.ts'
import { entryIn } from './entry-in.ts'

const usage = { inputTokens: 9, outputTokens: 2, totalTokens: 11 }
const log: readonly RunEvent[] = [
  runStart,
  { seq: 2, at: 20, type: 'node-start', visit: 1, nodeId: 'chat' },
  { seq: 3, at: 30, type: 'run-yield', visit: 1, value: 'a' },
  {
    seq: 4,
    at: 40,
    type: 'run-end',
    outcome: 'failed',
    error: {
      code: 'database_failed',
      message: 'No table "grist".',
      retryable: true,
      nodeId: 'rows',
    },
    usage,
  },
]
const entries = log.map((event) => new LogEntry(event))
const seen = (view: Parameters<typeof entryIn>[0]) =>
  entries.flatMap((entry) => entryIn(view, entry) ?? [])

describe('an entry', () => {
  it('is the same one to whoever sees all of it', () => {
    expect(seen('full')).toEqual(entries)
    expect(seen('full')[0]).toBe(entries[0])
  })

  it('has neither the input nor the nodes for clients', () => {
    expect(seen('client').map(({ event }) => event.type)).toEqual([
      'run-start',
      'run-yield',
      'run-end',
    ])
    expect(seen('client')[0]?.json).not.toContain('secret')
    // Its JSON was made already.
    expect(seen('client').slice(1)).toEqual(entries.slice(2))
  })

  it('has for visitors neither usage nor words for operators besides', () => {
    expect(seen('visitor').slice(0, 2)).toEqual(seen('client').slice(0, 2))
    expect(JSON.parse(seen('visitor')[2]?.json ?? '')).toEqual({
      seq: 4,
      at: 40,
      type: 'run-end',
      outcome: 'failed',
      error: {
        code: 'internal',
        message: 'The chat could not answer. Try again in a while.',
        retryable: true,
      },
      usage: null,
    })
  })
})
