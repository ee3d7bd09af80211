import { emptyFlow, type Flow } from '@millrace/flow'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiError, offlineError } from '../api/api-error.ts'
import { createSaver } from './create-saver.ts'
import { createDrafts } from './drafts.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function world() {
  const flow = emptyFlow('chat', 'Chat')
  let document: { flow: Flow; savedFlow: Flow; revision: string | undefined } = {
    flow,
    savedFlow: flow,
    revision: '1',
  }
  const listeners = new Set<() => void>()
  const stored: { name: string; revision: string | undefined }[] = []
  const kept = new Map<string, string>()
  const drafts = createDrafts({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  })
  let answer: () => Promise<string> = () => Promise.resolve(String(stored.length + 1))
  function put(changes: Partial<typeof document>): void {
    document = { ...document, ...changes }
    for (const listener of listeners) listener()
  }
  const saver = createSaver({
    read: () => document,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    markSaved: (savedFlow, revision) => put({ savedFlow, revision }),
    store(next, revision) {
      stored.push({ name: next.name, revision })
      return answer()
    },
    drafts,
  })
  return {
    saver,
    stored,
    drafts,
    read: () => document,
    rename: (name: string) => put({ flow: { ...document.flow, name } }),
    answerWith: (next: typeof answer) => void (answer = next),
  }
}

it('saves once, a second after the last edit, from the revision it was opened at', async () => {
  const { saver, stored, rename, read } = world()
  saver.follow()
  rename('A')
  await vi.advanceTimersByTimeAsync(600)
  rename('B')
  await vi.advanceTimersByTimeAsync(999)
  expect(stored).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(stored).toEqual([{ name: 'B', revision: '1' }])
  expect(read().revision).toBe('2')
  expect(saver.status.getState()).toEqual({ kind: 'rested' })
})

it('saves what was typed while a save was under way, from the new revision', async () => {
  const { saver, stored, rename, answerWith } = world()
  saver.follow()
  const gate = Promise.withResolvers<string>()
  answerWith(() => gate.promise)
  rename('A')
  await vi.advanceTimersByTimeAsync(1000)
  rename('B')
  answerWith(() => Promise.resolve('3'))
  gate.resolve('2')
  await vi.advanceTimersByTimeAsync(1000)
  expect(stored).toEqual([
    { name: 'A', revision: '1' },
    { name: 'B', revision: '2' },
  ])
})

it('keeps a draft while the document is not saved, and drops it then', async () => {
  const { saver, rename, drafts, answerWith } = world()
  saver.follow()
  answerWith(() => Promise.reject(offlineError()))
  rename('A')
  await vi.advanceTimersByTimeAsync(2000)
  expect(saver.status.getState()).toEqual({ kind: 'offline' })
  expect(drafts.read('chat')).toMatchObject({ flow: { name: 'A' }, revision: '1' })

  answerWith(() => Promise.resolve('2'))
  expect(await saver.save()).toBe(true)
  expect(drafts.read('chat')).toBeUndefined()
})

it('stops saving at a conflict until a designer chose, then goes on over the other version', async () => {
  const { saver, stored, rename, answerWith } = world()
  saver.follow()
  answerWith(() =>
    Promise.reject(new ApiError('conflict', 'Stale.', { details: { currentRevision: '5' } })),
  )
  rename('A')
  await vi.advanceTimersByTimeAsync(1000)
  expect(saver.status.getState()).toEqual({ kind: 'conflict', currentRevision: '5' })
  rename('B')
  await vi.advanceTimersByTimeAsync(5000)
  expect(stored).toHaveLength(1)

  answerWith(() => Promise.resolve('6'))
  expect(await saver.saveOver('5')).toBe(true)
  expect(stored.at(-1)).toEqual({ name: 'B', revision: '5' })
})

it('does not send a document that is not well formed, and says what is wrong with it', async () => {
  const { saver, stored, rename } = world()
  saver.follow()
  rename('')
  await vi.advanceTimersByTimeAsync(1000)
  expect(stored).toEqual([])
  expect(saver.status.getState()).toMatchObject({
    kind: 'refused',
    error: { code: 'bad_request', details: { problems: [{ code: 'document_malformed' }] } },
  })
})

it('knows a flow that was deleted elsewhere, and can store it again', async () => {
  const { saver, stored, rename, answerWith } = world()
  saver.follow()
  answerWith(() => Promise.reject(new ApiError('not_found', 'No flow "chat".')))
  rename('A')
  await vi.advanceTimersByTimeAsync(1000)
  expect(saver.status.getState()).toEqual({ kind: 'deleted' })
  answerWith(() => Promise.resolve('1'))
  expect(await saver.saveOver(undefined)).toBe(true)
  expect(stored.at(-1)).toEqual({ name: 'A', revision: undefined })
})

it('saves what is left when the designer leaves', async () => {
  const { saver, stored, rename } = world()
  const leave = saver.follow()
  rename('A')
  leave()
  await vi.runAllTimersAsync()
  expect(stored).toEqual([{ name: 'A', revision: '1' }])
})
