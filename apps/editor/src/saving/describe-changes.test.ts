import { emptyFlow, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { describeChanges } from './describe-changes.ts'

const base: Flow = {
  ...emptyFlow('chat', 'Chat'),
  nodes: [
    { id: 'a', type: 'chat.trigger' },
    { id: 'b', type: 'flow.log' },
  ],
}

it('counts nodes that were added, removed and changed', () => {
  const after: Flow = {
    ...base,
    name: 'Talk',
    nodes: [
      { id: 'a', type: 'chat.trigger', title: 'Start' },
      { id: 'c', type: 'flow.log' },
      { id: 'd', type: 'flow.log' },
    ],
  }
  expect(describeChanges(base, after)).toBe(
    '2 nodes added, 1 node removed, 1 node changed, another name',
  )
})

it('says so when nothing differs', () => {
  expect(describeChanges(base, structuredClone(base))).toBe('no difference')
})
