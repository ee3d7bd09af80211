import { describe, expect, it } from 'vitest'
import { checkFlow } from './check.ts'
import { createRegistry, defineNode } from './definition.ts'
import { emptyFlow } from './empty-flow.ts'
import type { FlowNode } from './flow.ts'
import { migrateNodes } from './migrate-nodes.ts'
import { property } from './property.ts'

const say = defineNode({
  type: 'test.say',
  version: 3,
  kind: 'action',
  title: 'Say',
  system: 'Test',
  category: 'output',
  icon: 'test',
  description: 'Says something.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: { text: property.text({ label: 'Text', required: true }) },
})

const registry = createRegistry({
  nodes: [say],
  connections: [],
  migrations: [
    { type: 'test.say', from: 1, migrate: (node) => rename(node, 'words', 'phrase') },
    { type: 'test.say', from: 2, migrate: (node) => rename(node, 'phrase', 'text') },
  ],
})

function rename(node: FlowNode, from: string, to: string): FlowNode {
  const { [from]: value, ...rest } = node.properties ?? {}
  return value === undefined ? node : { ...node, properties: { ...rest, [to]: value } }
}

const flowWith = (node: FlowNode) => ({ ...emptyFlow('old', 'Old'), nodes: [node] })

describe('nodes of an older definition', () => {
  it('[F6] are brought up step by step, from the version they were made with', () => {
    const oldest = flowWith({ id: 'say', type: 'test.say', properties: { words: 'hi' } })
    const older = flowWith({
      id: 'say',
      type: 'test.say',
      version: 2,
      properties: { phrase: 'hi' },
    })
    const current = flowWith({
      id: 'say',
      type: 'test.say',
      version: 3,
      properties: { text: 'hi' },
    })
    expect(migrateNodes(oldest, registry)).toEqual(current)
    expect(migrateNodes(older, registry)).toEqual(current)
    expect(migrateNodes(current, registry)).toBe(current)
  })

  it('are checked as what they become', () => {
    const oldest = flowWith({ id: 'say', type: 'test.say', properties: { words: 'hi' } })
    expect(checkFlow(oldest, registry)).toEqual([])
  })

  it('[F7] stay as they are when their type is unknown or newer', () => {
    const unknown = flowWith({ id: 'say', type: 'test.other', version: 1 })
    const newer = flowWith({ id: 'say', type: 'test.say', version: 4 })
    expect(migrateNodes(unknown, registry)).toBe(unknown)
    expect(migrateNodes(newer, registry)).toBe(newer)
  })
})
