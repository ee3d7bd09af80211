import { expect, it } from 'vitest'
import { newTurn, type Session } from './conversation.ts'
import { createKeptSessions } from './kept-sessions.ts'
import { memoryStorage } from './testing/memory-storage.ts'

const session = (id: string, updatedAt: number): Session => ({
  id,
  updatedAt,
  turns: [newTurn(id, `Question ${id}`)],
})
const idsOf = (sessions: readonly Session[]) => sessions.map(({ id }) => id)

it('lists the latest first, and each once', () => {
  const kept = createKeptSessions(memoryStorage(), 'mill')
  for (const [id, at] of [
    ['a', 1],
    ['b', 2],
    ['a', 3],
  ] as const)
    kept.keep(session(id, at))
  expect(idsOf(kept.list())).toEqual(['a', 'b'])
  kept.forget('a')
  expect(idsOf(kept.list())).toEqual(['b'])
})

it('keeps the conversations of each flow apart', () => {
  const storage = memoryStorage()
  createKeptSessions(storage, 'mill').keep(session('a', 1))
  expect(createKeptSessions(storage, 'other').list()).toEqual([])
})

it('lets go of the older ones when there is no room', () => {
  const room = JSON.stringify([session('x', 1), session('y', 2)]).length
  const kept = createKeptSessions(memoryStorage(room), 'mill')
  for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) kept.keep(session(id, index))
  expect(idsOf(kept.list())).toContain('d')
  expect(kept.list().length).toBeLessThanOrEqual(2)
})

it('lasts as long as the page where nothing can be kept, and reads no nonsense', () => {
  const kept = createKeptSessions(undefined, 'mill')
  kept.keep(session('a', 1))
  expect(idsOf(kept.list())).toEqual(['a'])
  const storage = memoryStorage()
  storage.setItem('millrace.chat.mill', '{oops')
  expect(createKeptSessions(storage, 'mill').list()).toEqual([])
})
