import { emptyFlow, parseFlow, type Flow } from '@millrace/flow'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiError, offlineError } from '../api/api-error.ts'
import { createSaver } from './create-saver.ts'
import { createDrafts } from './drafts.ts'
import { fakeStorage } from '../testing/fake-storage.ts'

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
  const drafts = createDrafts({ store: fakeStorage(), tab: 'here', now: Date.now })
  let there: { flow: Flow; revision: string } | undefined
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
    takeOver: ({ flow: theirs, revision }) => put({ flow: theirs, savedFlow: theirs, revision }),
    load: () =>
      there === undefined
        ? Promise.reject(new ApiError('not_found', 'No flow "chat".'))
        : Promise.resolve(there),
    parse: (next) => Promise.resolve(parseFlow(next)),
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
    /** Another flow takes the place of the open one, as `openFlow` does it. */
    openOther() {
      const other = emptyFlow('other', 'Other')
      put({ flow: other, savedFlow: other, revision: '1' })
      saver.setStatus({ kind: 'rested' })
    },
    answerWith: (next: typeof answer) => void (answer = next),
    /** What the server has by somebody else's doing; `undefined`: it was deleted. */
    putThere: (next: typeof there) => void (there = next),
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
  expect(await drafts.read('chat')).toMatchObject({ flow: { name: 'A' }, revision: '1' })

  answerWith(() => Promise.resolve('2'))
  expect(await saver.save()).toBe(true)
  expect(await drafts.read('chat')).toBeUndefined()
})

it('keeps in the draft what was sent and not answered, since the server may have it', async () => {
  const { saver, rename, drafts, answerWith, openOther } = world()
  saver.follow()
  const gate = Promise.withResolvers<string>()
  answerWith(() => gate.promise)
  rename('Sent')
  await vi.advanceTimersByTimeAsync(1000)
  rename('Typed further')
  saver.keepDraft()
  const draft = { flow: { name: 'Typed further' }, revision: '1', sent: { name: 'Sent' } }
  expect(await drafts.read('chat')).toMatchObject(draft)

  gate.reject(offlineError())
  await vi.advanceTimersByTimeAsync(0)
  expect(await drafts.read('chat')).toMatchObject(draft)
  openOther()
  rename('Another flow')
  saver.keepDraft()
  expect(await drafts.read('other')).toMatchObject({ sent: undefined })
})

it('has no conflict with what the line sent twice', async () => {
  const { saver, read, rename, answerWith, putThere } = world()
  saver.follow()
  answerWith(() => {
    putThere({ flow: { ...read().flow }, revision: '2' })
    return Promise.reject(new ApiError('conflict', 'Stale.'))
  })
  rename('Sent twice')
  await vi.advanceTimersByTimeAsync(1000)
  expect(saver.status.getState()).toEqual({ kind: 'rested' })
  expect(read().revision).toBe('2')
})

it('stops saving at a conflict until a designer chose, then goes on over the other version', async () => {
  const { saver, stored, rename, answerWith } = world()
  saver.follow()
  answerWith(() =>
    Promise.reject(new ApiError('conflict', 'Stale.', { details: { currentRevision: '5' } })),
  )
  rename('A')
  await vi.advanceTimersByTimeAsync(1000)
  expect(saver.status.getState()).toEqual({
    kind: 'conflict',
    basedOn: '1',
    currentRevision: '5',
  })
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

const theirs = (name: string, revision: string) => ({
  flow: { ...emptyFlow('chat', 'Chat'), name },
  revision,
})

it('takes over what another tab saved while nothing here is unsaved', async () => {
  const { saver, stored, putThere, read } = world()
  saver.follow()
  putThere(theirs('Theirs', '2'))
  await saver.hear({ kind: 'saved', flowId: 'chat', revision: '2' })
  expect([read().flow.name, read().revision]).toEqual(['Theirs', '2'])
  expect(saver.status.getState()).toEqual({ kind: 'rested' })
  await vi.runAllTimersAsync()
  expect(stored).toEqual([])
})

it('asks which version stays when another tab saved over what is unsaved here', async () => {
  const { saver, stored, rename, putThere, read } = world()
  saver.follow()
  rename('Mine')
  putThere(theirs('Theirs', '2'))
  await saver.hear({ kind: 'saved', flowId: 'chat', revision: '2' })
  expect(saver.status.getState()).toEqual({
    kind: 'conflict',
    basedOn: '1',
    currentRevision: '2',
  })
  await vi.runAllTimersAsync()
  expect([stored, read().flow.name]).toEqual([[], 'Mine'])
})

it('lets news of older revisions and of other flows pass', async () => {
  const { saver, read, putThere } = world()
  saver.follow()
  putThere(theirs('Old', '1'))
  await saver.hear({ kind: 'saved', flowId: 'chat', revision: '1' })
  await saver.hear({ kind: 'saved', flowId: 'other', revision: '9' })
  await saver.hear({ kind: 'deleted', flowId: 'other' })
  expect([read().flow.name, saver.status.getState().kind]).toEqual(['Chat', 'rested'])
})

it('goes on when another tab deletes the flow and brings it back', async () => {
  const { saver, stored, rename } = world()
  saver.follow()
  await saver.hear({ kind: 'deleted', flowId: 'chat' })
  expect(saver.status.getState()).toEqual({ kind: 'deleted' })
  rename('Typed meanwhile')
  await vi.runAllTimersAsync()
  expect(stored).toEqual([])
  await saver.hear({ kind: 'saved', flowId: 'chat', revision: '1' })
  await vi.runAllTimersAsync()
  expect(stored).toEqual([{ name: 'Typed meanwhile', revision: '1' }])
})

it('finds out when it comes to the front that the flow was changed, or deleted', async () => {
  const { saver, putThere, read } = world()
  saver.follow()
  putThere(theirs('Theirs', '7'))
  await saver.look()
  expect([read().flow.name, read().revision]).toEqual(['Theirs', '7'])
  putThere(undefined)
  await saver.look()
  expect(saver.status.getState()).toEqual({ kind: 'deleted' })
})

it('tries again by itself, ever more slowly, while the server does not answer', async () => {
  const { saver, stored, rename, answerWith } = world()
  saver.follow()
  answerWith(() => Promise.reject(new ApiError('database_unavailable', 'Busy.')))
  rename('A')
  await vi.advanceTimersByTimeAsync(1000 + 2000 + 4000)
  expect(stored).toHaveLength(3)
  answerWith(() => Promise.resolve('2'))
  await vi.advanceTimersByTimeAsync(8000)
  expect(saver.status.getState()).toEqual({ kind: 'rested' })
})

it('knows its own save again whose answer was lost, and calls it no conflict', async () => {
  const { saver, rename, answerWith, putThere, read } = world()
  saver.follow()
  answerWith(() => Promise.reject(offlineError()))
  rename('A')
  await vi.advanceTimersByTimeAsync(1000)
  putThere(theirs('A', '2'))
  answerWith(() => Promise.reject(new ApiError('conflict', 'Stale.')))
  await vi.advanceTimersByTimeAsync(2000)
  expect([saver.status.getState().kind, read().revision]).toEqual(['rested', '2'])
})

it('saves a draft that was brought back without waiting for another edit', async () => {
  const { saver, stored, rename } = world()
  rename('From last time')
  saver.follow()
  await vi.runAllTimersAsync()
  expect(stored).toEqual([{ name: 'From last time', revision: '1' }])
})

it('saves what was typed while a save was under way when another flow is opened before its answer', async () => {
  const { saver, stored, rename, openOther, answerWith, drafts, read } = world()
  const leave = saver.follow()
  const first = deferAnswer()
  rename('A')
  await vi.advanceTimersByTimeAsync(1000)
  rename('B')
  leave()
  openOther()
  const second = deferAnswer()
  first.resolve('2')
  await vi.runAllTimersAsync()
  expect(stored).toEqual([
    { name: 'A', revision: '1' },
    { name: 'B', revision: '2' },
  ])
  expect(await drafts.read('chat')).toMatchObject({ flow: { name: 'B' }, revision: '2' })

  second.resolve('3')
  await vi.runAllTimersAsync()
  expect(await drafts.read('chat')).toBeUndefined()
  expect(read()).toMatchObject({ flow: { name: 'Other' }, revision: '1' })

  function deferAnswer() {
    const gate = Promise.withResolvers<string>()
    answerWith(() => gate.promise)
    return gate
  }
})

it('does not say of the open flow what became of the one before it, whose draft stays', async () => {
  const { saver, rename, openOther, drafts, answerWith } = world()
  const leave = saver.follow()
  const gate = Promise.withResolvers<string>()
  answerWith(() => gate.promise)
  rename('A')
  leave()
  openOther()
  gate.reject(new ApiError('conflict', 'Stale.', { details: { currentRevision: '5' } }))
  await vi.runAllTimersAsync()
  expect(saver.status.getState()).toEqual({ kind: 'rested' })
  expect(await drafts.read('chat')).toMatchObject({ flow: { name: 'A' }, revision: '1' })
})
