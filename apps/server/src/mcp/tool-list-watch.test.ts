import { EventEmitter } from 'node:events'
import { FlowError } from '@millrace/flow'
import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../access/principal.ts'
import type { McpSession } from './open-session.ts'
import { createToolListWatch, type ListeningCall, type ToolListWatch } from './tool-list-watch.ts'

/** What happened to sessions, in order: by the name of each. */
let happened: string[]
/** The tools of everybody, by their names. */
let tools: readonly string[]
let lists: number
let isLetIn: boolean
let failures: unknown[]
let due: (() => void)[]
let watch: ToolListWatch
beforeEach(() => {
  happened = []
  tools = ['orders']
  lists = 0
  isLetIn = true
  failures = []
  due = []
  watch = createToolListWatch({
    tools: {
      async list() {
        lists += 1
        return tools.map((name): Tool => ({ name, inputSchema: { type: 'object' } }))
      },
    },
    async principalOf() {
      if (isLetIn) return { kind: 'open' }
      throw new FlowError('unauthorized', 'The API key was revoked.')
    },
    schedule(callback) {
      due.push(callback)
      return () => {
        due = due.filter((other) => other !== callback)
      }
    },
    onFailure: (error) => failures.push(error),
  })
})

const keyOf = (keyId: string): Principal => ({
  kind: 'key',
  keyId,
  policies: ['mcp'],
  flows: 'all',
  environment: undefined,
  limits: { requestsPerMinute: null, concurrentRuns: null },
})

function sessionOf(name: string, keyId = 'one'): McpSession {
  const session = {
    caller: { principal: keyOf(keyId) },
    left: new Map(),
    isListening: false,
    knownTools: undefined,
    transport: {
      closeStandaloneSSEStream() {
        if (session.isListening) happened.push(`${name} ended`)
      },
    },
    async tellToolsChanged() {
      happened.push(`${name} told`)
    },
  }
  return session as unknown as McpSession // of its transport, only this is used
}

/** A request for a stream; the answer closes it. */
function listen(session: McpSession): () => void {
  const response = new EventEmitter()
  watch.listen(session, { request: {}, response } as unknown as ListeningCall) // only this is used
  return () => response.emit('close')
}

/** Lets the time to gather changes pass, and what is done then. */
async function pass(): Promise<void> {
  for (const callback of due.splice(0)) callback()
  await new Promise((resolve) => setImmediate(resolve))
}

describe('a session that listens', () => {
  it('is told once of many changes, and never when its tools are the same', async () => {
    listen(sessionOf('a'))
    await pass()
    tools = ['orders', 'prices']
    watch.noteChange()
    watch.noteChange()
    await pass()
    expect(happened).toEqual(['a told'])
    watch.noteChange()
    await pass()
    expect(happened).toEqual(['a told'])
  })

  it('is told at once of what changed since it asked for its tools', async () => {
    const session = sessionOf('a')
    session.knownTools = 'those of before'
    listen(session)
    await pass()
    expect(happened).toEqual(['a told'])
  })

  it('is told of what changes while it is looked what its tools are', async () => {
    listen(sessionOf('a'))
    await pass()
    tools = ['prices']
    watch.noteChange()
    for (const callback of due.splice(0)) callback()
    tools = []
    watch.noteChange()
    await new Promise((resolve) => setImmediate(resolve))
    await pass()
    expect(happened.at(-1)).toBe('a told')
    expect(due).toEqual([])
    const seen = happened.length
    watch.noteChange()
    await pass()
    expect(happened).toHaveLength(seen)
  })

  it('has one stream, the last that it asked for', async () => {
    const session = sessionOf('a')
    const leaveFirst = listen(session)
    const leaveSecond = listen(session)
    expect(happened).toEqual(['a ended'])
    leaveFirst()
    expect(session.isListening).toBe(true)
    leaveSecond()
    expect(session.isListening).toBe(false)
  })

  it('ends when who listens may not any more, without being told', async () => {
    listen(sessionOf('a'))
    await pass()
    tools = []
    isLetIn = false
    watch.noteChange()
    await pass()
    expect(happened).toEqual(['a ended'])
    expect(failures).toEqual([])
  })
})

it('looks once what the tools of a caller are, however many sessions it has', async () => {
  for (const name of ['a', 'b', 'c']) listen(sessionOf(name))
  listen(sessionOf('d', 'two'))
  await pass()
  expect(lists).toBe(2)
})

it('does nothing for nobody', async () => {
  const leave = listen(sessionOf('a'))
  await pass()
  leave()
  watch.noteChange()
  expect(due).toEqual([])
})

it('refuses more streams of one caller than it takes, and takes those of others', () => {
  const leaves = Array.from({ length: 100 }, (_, index) => listen(sessionOf(`${index}`)))
  expect(() => listen(sessionOf('more'))).toThrow(
    expect.objectContaining({
      code: 'rate_limited',
      details: { limit: 'mcpStreams', max: 100 },
    }),
  )
  listen(sessionOf('other', 'two'))
  leaves[0]?.()
  listen(sessionOf('more'))
})

it('ends all streams when it is closed, and opens no more', async () => {
  listen(sessionOf('a'))
  listen(sessionOf('b'))
  watch.close()
  expect(happened).toEqual(['a ended', 'b ended'])
  expect(due).toEqual([])
  expect(() => listen(sessionOf('c'))).toThrow(expect.objectContaining({ code: 'draining' }))
})
