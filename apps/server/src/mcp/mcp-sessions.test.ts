import { beforeEach, expect, it } from 'vitest'
import type { RunTarget } from '../environments/plan-for.ts'
import { createMcpSessions, type McpSessions } from './mcp-sessions.ts'
import type { McpSession } from './open-session.ts'

const hour = 60 * 60_000

let time: number
let ended: string[]
let sessions: McpSessions
beforeEach(() => {
  time = 0
  ended = []
  sessions = createMcpSessions(() => time)
})

function callerOf(keyId: string): RunTarget {
  const limits = { requestsPerMinute: null, concurrentRuns: null }
  const scope = { policies: ['mcp'], flows: 'all', environment: undefined } as const
  return { principal: { kind: 'key', keyId, ...scope, limits } }
}

function add(id: string, keyId: string, changes: Partial<McpSession> = {}): void {
  const transport = { close: () => Promise.resolve(ended.push(id)) }
  const session = { transport, caller: callerOf(keyId), left: new Map(), isListening: false }
  sessions.add(id, { ...session, ...changes } as unknown as McpSession) // only this is used
}

it('finds a session for whom it belongs to, and for nobody else', () => {
  add('a', 'one')
  expect(sessions.find('a', callerOf('one'))).toBeDefined()
  expect(sessions.find('a', callerOf('two'))).toBeUndefined()
  expect(sessions.find('b', callerOf('one'))).toBeUndefined()
})

it('forgets those that were not used for an hour, but for those that listen or wait for an answer', () => {
  add('listens', 'one', { isListening: true })
  add('waits', 'one', { left: new Map([[1, new AbortController().signal]]) })
  add('idle', 'one')
  time += hour + 1
  add('new', 'one')
  expect(ended).toEqual(['idle'])
})

it('forgets, of too many, one of whoever has most, and sooner one that is idle', () => {
  add('other', 'two')
  add('listens', 'one', { isListening: true })
  for (let index = 0; index < 998; index += 1) add(`${index}`, 'one')
  expect(ended).toEqual([])
  add('more', 'one')
  expect(ended).toEqual(['0'])
  add('again', 'two')
  expect(ended).toEqual(['0', '1'])
})

it('never forgets the one that is just begun', () => {
  for (let index = 0; index < 1000; index += 1) add(`${index}`, 'one', { isListening: true })
  add('new', 'one')
  expect(ended).toEqual(['0'])
})
