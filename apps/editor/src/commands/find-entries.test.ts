import { expect, it } from 'vitest'
import { findEntries, type Entry } from './find-entries.ts'

const entries: readonly Entry[] = [
  { id: 'command:undo', group: 'Commands', searched: { title: 'Undo: Move node' } },
  {
    id: 'command:redo',
    group: 'Commands',
    searched: { title: 'Redo' },
    whyNot: 'There is nothing to redo.',
  },
  { id: 'command:add', group: 'Commands', searched: { title: 'Add a node', rest: 'new step' } },
  { id: 'add:flow.if', group: 'Add a node', searched: { title: 'If', tags: ['condition'] } },
  { id: 'node:check', group: 'In this flow', searched: { title: 'Check the answer' } },
  { id: 'flow:orders', group: 'Flows', searched: { title: 'Order intake' } },
  { id: 'page:connections', group: 'Go to', searched: { title: 'Connections' } },
]

function find(search: string, recent: readonly string[] = []) {
  return findEntries(entries, search, recent).map((group) => [
    group.title,
    ...group.entries.map(({ id }) => id),
  ])
}

it('offers what was chosen last, then the commands that can be done now, before anything is typed', () => {
  expect(find('', ['flow:orders', 'command:redo', 'command:gone'])).toEqual([
    ['Recently used', 'flow:orders'],
    ['Commands', 'command:undo', 'command:add'],
    ['Go to', 'page:connections'],
  ])
})

it('finds commands, nodes, flows and pages, the group of the best match first', () => {
  expect(find('con')).toEqual([
    ['Go to', 'page:connections'],
    ['Add a node', 'add:flow.if'],
  ])
  expect(find('node')).toEqual([['Commands', 'command:undo', 'command:add']])
  expect(find('order in')).toEqual([['Flows', 'flow:orders']])
})

it('finds what cannot be done now too, after what can', () => {
  expect(find('do')).toEqual([['Commands', 'command:undo', 'command:redo']])
})

it('finds nothing where one of the words is missing', () => {
  expect(find('undo rocket')).toEqual([])
})
