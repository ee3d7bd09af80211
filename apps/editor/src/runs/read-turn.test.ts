import type { RunEvent } from '@millrace/flow'
import { afterEach, expect, it, vi } from 'vitest'
import { readTurn, readTurns, type Turn } from './read-turn.ts'

afterEach(() => void vi.unstubAllGlobals())

const start: RunEvent = {
  seq: 1,
  at: 0,
  type: 'run-start',
  runId: 'one',
  flowId: 'chat',
  document: 'a1',
  trace: 'summary',
}
const values: readonly RunEvent[] = [
  { seq: 3, at: 1, type: 'run-yield', visit: 2, value: { content: 'Hel' } },
  { seq: 4, at: 2, type: 'run-yield', visit: 2, value: { content: 'lo' } },
]

function serve(input: unknown, ...ends: readonly RunEvent[]): readonly string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path)
    const events = path.endsWith('view=client')
      ? [start, ...values, ...ends]
      : [{ ...start, input }, ...values, ...ends]
    return Promise.resolve(
      new Response(events.map((event) => `${JSON.stringify(event)}\n`).join('')),
    )
  })
  return asked
}

async function lastTurn(): Promise<Turn | undefined> {
  let last: Turn | undefined
  for await (const turn of readTurn('one', new AbortController().signal)) last = turn
  return last
}

const ended: RunEvent = { seq: 5, at: 3, type: 'run-end', outcome: 'completed', usage: null }

it('reads what was asked, then what was answered, in the view that leaves out the rest', async () => {
  const asked = serve({ prompt: 'Hello?' }, ended)
  expect(await lastTurn()).toMatchObject({
    question: 'Hello?',
    answer: { parts: [{ kind: 'text', text: 'Hello' }] },
    outcome: 'completed',
  })
  expect(asked).toEqual(['/api/runs/one/events', '/api/runs/one/events?view=client'])
})

it('knows of no question where the input has none, and of no outcome before the end', async () => {
  serve({ city: 'Ulm' })
  expect(await lastTurn()).toMatchObject({ question: undefined, outcome: undefined })
})

it('reads the other turns when one of them is no longer kept', async () => {
  serve({ prompt: 'Hello?' }, ended)
  const { fetch } = globalThis
  vi.stubGlobal('fetch', (path: string) =>
    path.includes('/gone/')
      ? Promise.resolve(
          Response.json({ error: { code: 'not_found', message: 'Gone.' } }, { status: 404 }),
        )
      : fetch(path),
  )
  const read = new Map<string, unknown>()
  const { signal } = new AbortController()
  for await (const turn of readTurns(['gone', 'one'], signal)) read.set(turn.runId, turn)
  expect(read.get('gone')).toMatchObject({ error: { code: 'not_found', message: 'Gone.' } })
  expect(read.get('one')).toMatchObject({ question: 'Hello?', outcome: 'completed' })
})
