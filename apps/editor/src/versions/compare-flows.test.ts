import { createRegistry, emptyFlow, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { compareFlows } from './compare-flows.ts'

const registry = createRegistry({ nodes: [], connections: [] })

const before: Flow = {
  ...emptyFlow('chat', 'Chat'),
  nodes: [
    { id: 'a', type: 'chat.trigger' },
    { id: 'b', type: 'flow.log', properties: { level: 'info' } },
    { id: 'gone', type: 'flow.log' },
  ],
  edges: [
    { from: ['a', 'next'], to: 'b' },
    { from: ['b', 'next'], to: 'gone' },
  ],
  layout: {
    nodes: { a: [0, 0], b: [320, 0], gone: [640, 0] },
    notes: [{ id: 'todo', text: 'Ask', position: [0, 200] }],
  },
}

const after: Flow = {
  ...before,
  name: 'Talk',
  nodes: [
    { id: 'a', type: 'chat.trigger' },
    { id: 'b', type: 'flow.log', properties: { level: 'error' } },
    { id: 'fresh', type: 'flow.log' },
  ],
  edges: [
    { from: ['a', 'next'], to: 'b' },
    { from: ['b', 'next'], to: 'fresh' },
  ],
  layout: {
    nodes: { a: [0, 80], b: [320, 0], fresh: [640, 0] },
    notes: [{ id: 'todo', text: 'Ask again', position: [0, 200] }],
  },
}

it('lays two versions over each other, what is gone where it stood', () => {
  const { nodes, edges, notes } = compareFlows(before, after, registry)
  expect(
    nodes.map(({ item, mark, position, movedFrom }) => [item.id, mark, position, movedFrom]),
  ).toEqual([
    ['a', undefined, [0, 80], [0, 0]],
    ['b', 'changed', [320, 0], undefined],
    ['fresh', 'added', [640, 0], undefined],
    ['gone', 'removed', [640, 0], undefined],
  ])
  expect(edges.map(({ item, mark }) => [item.to, mark])).toEqual([
    ['b', undefined],
    ['fresh', 'added'],
    ['gone', 'removed'],
  ])
  expect(notes.map(({ item, mark }) => [item.text, mark])).toEqual([['Ask again', 'changed']])
})

it('lists what differs, with where it is', () => {
  const { differences } = compareFlows(before, after, registry)
  expect(differences.map(({ sign, text, about }) => [`${sign} ${text}`, about])).toEqual([
    ['~ Name of the flow: “Chat” → “Talk”', []],
    ['- flow.log (gone)', ['gone']],
    ['+ flow.log (fresh)', ['fresh']],
    ['~ flow.log (b) · level: “info” → “error”', ['b']],
    ['~ Note: “Ask” → “Ask again”', ['note:todo']],
    ['- flow.log (b) · next → flow.log (gone)', ['b', 'gone']],
    ['+ flow.log (b) · next → flow.log (fresh)', ['b', 'fresh']],
    ['~ chat.trigger', ['a']],
  ])
})

it('has nothing to tell of one version compared with itself', () => {
  const { differences, nodes } = compareFlows(before, before, registry)
  expect(differences).toEqual([])
  expect(nodes.every(({ mark, movedFrom }) => mark === undefined && movedFrom === undefined)).toBe(
    true,
  )
})
