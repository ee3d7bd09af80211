import { createRegistry, emptyFlow, type FlowNode } from '@millrace/flow'
import { expect, it } from 'vitest'
import { cardOf, describeCard } from './card.ts'
import { flowOf, registry } from './testing/fixtures.ts'

function card(node: Parameters<typeof flowOf>[0][string], edges: readonly string[] = []) {
  const flow = flowOf({ n: node, m: 'test.yield' }, edges)
  const [first] = flow.nodes
  if (first === undefined) throw new Error('The flow has no node.')
  return cardOf(flow, first, { registry, problems: [], isExpanded: false })
}

it('names the type below a changed title, and not below the type’s own', () => {
  expect(card('test.stream')).toMatchObject({ title: 'Stream', subtitle: undefined })
  expect(card({ type: 'test.stream', title: 'Answer' })).toMatchObject({
    title: 'Answer',
    subtitle: 'Test · Stream',
  })
})

it('draws an unknown type as a broken card with the ports of its edges', () => {
  const broken = card({ type: 'acme.save', version: 3 }, ['n.done -> m'])
  expect(broken).toMatchObject({ brokenBy: 'unknown', title: 'acme.save', definition: undefined })
  expect(broken.layout.ports.map(({ id }) => id)).toEqual(['exec:done'])
})

it('draws a node of a newer version as a broken card', () => {
  expect(card({ type: 'test.stream', version: 2 })).toMatchObject({
    brokenBy: 'newer',
    title: 'Stream',
    definition: undefined,
  })
})

it('knows which of its attachment ports hold a node', () => {
  const attachments = [{ host: ['n', 'historyReducer'], resource: 'm' }] as const
  const flow = flowOf({ n: 'test.stream', m: 'test.reducer' }, [], { attachments })
  const attached = flow.nodes.map(
    (node) => cardOf(flow, node, { registry, problems: [], isExpanded: false }).attached,
  )
  expect(attached).toEqual([new Set(['historyReducer']), new Set()])
})

it('says whose a node is that is not of Millrace', () => {
  const stream = registry.nodes.get('test.stream')
  if (stream === undefined) throw new Error('There is no such node.')
  const theirs = { ...stream, type: 'acme.stream', package: 'acme-nodes' }
  const known = createRegistry({ nodes: [theirs], connections: [] })
  const cardIn = (node: FlowNode) =>
    cardOf({ ...emptyFlow('a', 'A'), nodes: [node] }, node, {
      registry: known,
      problems: [],
      isExpanded: false,
    })
  const plain = cardIn({ id: 'a', type: 'acme.stream' })
  const renamed = cardIn({ id: 'a', type: 'acme.stream', title: 'Answer' })
  expect([plain.subtitle, renamed.subtitle]).toEqual([
    'by acme-nodes',
    'Test · Stream · by acme-nodes',
  ])
  expect(plain.layout.height).toBe(renamed.layout.height)
  expect(describeCard(plain)).toBe('Stream, Test Stream · by acme-nodes, no problems')
})

it('tells a screen reader title, type, status and problems', () => {
  expect(describeCard(card({ type: 'test.stream', title: 'Answer', disabled: true }))).toBe(
    'Answer, Test Stream, disabled, no problems',
  )
  expect(describeCard(card('acme.save'))).toBe('acme.save, unknown type acme.save, no problems')
})
