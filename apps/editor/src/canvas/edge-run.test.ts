import type { NodeState } from '@millrace/flow'
import { expect, it } from 'vitest'
import { edgeRunOf, type RunEdge } from './edge-run.ts'
import { nodeState } from './testing/fixtures.ts'

const intoChat: RunEdge = { source: 'start', target: 'chat', isBlock: false, inner: ['yield'] }
const intoYield: RunEdge = { source: 'chat', target: 'yield', isBlock: true, inner: [] }

function run(...nodes: readonly NodeState[]): ReadonlyMap<string, NodeState> {
  return new Map(nodes.map((node) => [node.nodeId, node]))
}

it('leaves an edge dark until its target starts', () => {
  expect(edgeRunOf(run(nodeState('start')), intoChat)).toBe('idle')
})

it('carries the dot into a node that runs, until its own block does', () => {
  const chat = nodeState('chat', { status: 'running' })
  expect(edgeRunOf(run(chat), intoChat)).toBe('active')
  expect(edgeRunOf(run(chat, nodeState('yield')), intoChat)).toBe('taken')
  expect(edgeRunOf(run(chat, nodeState('yield')), intoYield)).toBe('active')
})

it('is lit and still once the run is past it', () => {
  expect(edgeRunOf(run(nodeState('chat'), nodeState('yield')), intoChat)).toBe('taken')
  expect(edgeRunOf(run(nodeState('chat'), nodeState('yield')), intoYield)).toBe('taken')
})
