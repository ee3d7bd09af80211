import { emptyFlow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { createDrafts } from './drafts.ts'
import { fakeStorage } from '../testing/fake-storage.ts'

const day = 86_400_000

function world(limit?: number) {
  const store = fakeStorage(limit)
  let now = 0
  const open = (tab: string) => createDrafts({ store, tab, now: () => now })
  return { store, open, wait: (ms: number) => void (now += ms) }
}

const draft = (id: string, name = id) => ({
  flow: emptyFlow(id, name),
  revision: '1',
  sent: undefined,
})

it('keeps a draft of each flow until it is discarded', async () => {
  const { open } = world()
  const drafts = open('here')
  drafts.write(draft('a'))
  drafts.write(draft('b'))
  drafts.discard('a')
  expect([await drafts.read('a'), await drafts.read('b')]).toEqual([undefined, draft('b')])
})

it('leaves the draft alone that another tab wrote', async () => {
  const { open } = world()
  const there = open('there')
  there.write(draft('a', 'Unsaved there'))
  open('here').discard('a')
  expect(await there.read('a')).toEqual(draft('a', 'Unsaved there'))
})

it('keeps the drafts of twenty flows, and none for longer than a month', async () => {
  const { store, open, wait } = world()
  const drafts = open('here')
  for (let index = 0; index < 25; index += 1) {
    drafts.write(draft(`flow-${index}`))
    wait(1000)
  }
  expect(store.length).toBe(20)
  expect(await drafts.read('flow-4')).toBeUndefined()
  wait(31 * day)
  drafts.write(draft('today'))
  expect(store.length).toBe(1)
})

it('gives up the oldest drafts when the storage is full', async () => {
  const { open, wait } = world(2000)
  const drafts = open('here')
  for (const id of ['a', 'b', 'c']) {
    drafts.write(draft(id, 'x'.repeat(400)))
    wait(1000)
  }
  drafts.write(draft('d', 'x'.repeat(700)))
  expect(await drafts.read('d')).toBeDefined()
  expect(await drafts.read('a')).toBeUndefined()
})

it('reads nothing of what is no draft', async () => {
  const { store, open } = world()
  store.setItem('millrace.draft.a', '{ "half')
  expect(await open('here').read('a')).toBeUndefined()
})
