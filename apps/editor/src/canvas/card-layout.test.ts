import type { FlowNode } from '@millrace/flow'
import { expect, it } from 'vitest'
import { layOutBrokenCard, layOutCard } from './card-layout.ts'
import { flowOf, queryOf, queryRegistry, registry } from './testing/fixtures.ts'

function layOut(type: string, node: Partial<FlowNode> = {}, options = { isExpanded: false }) {
  const definition = registry.nodes.get(type)
  if (definition === undefined) throw new Error(`No definition "${type}".`)
  return layOutCard({ id: 'n', type, ...node }, definition, { isTall: false, ...options })
}

function places(layout: ReturnType<typeof layOut>): readonly string[] {
  return layout.ports.map(({ id, x, y }) => `${id} @ ${x},${y}`)
}

it('places every port of a streaming node from its definition alone', () => {
  const layout = layOut('test.stream')
  expect([layout.width, layout.height]).toEqual([256, 4 + 40 + 52 + 56 + 76 + 32])
  expect(places(layout)).toEqual([
    'exec-in @ 0,59',
    'exec:forEachMessage @ 256,59',
    'exec:continue @ 256,81',
    'in:prompt @ 0,113',
    'out:response @ 256,113',
    'attach:historyReducer @ 128,260',
  ])
})

it('folds unset optional inputs and shows them when it is expanded', () => {
  const folded = layOut('test.stream')
  expect(folded).toMatchObject({ foldable: 3, isFolded: true })
  expect(folded.inputs.map(({ key }) => key)).toEqual(['prompt'])
  const expanded = layOut('test.stream', {}, { isExpanded: true })
  expect(expanded.inputs.map(({ key }) => key)).toEqual([
    'prompt',
    'context',
    'temperature',
    'limit',
  ])
  expect(expanded.height).toBe(folded.height + 3 * 22)
})

it('keeps inputs that are set in view, and folds no single one', () => {
  const layout = layOut('test.stream', { properties: { context: 'x', limit: 3 } })
  expect(layout.inputs.map(({ key, isBound }) => [key, isBound])).toEqual([
    ['prompt', false],
    ['context', true],
    ['temperature', false],
    ['limit', true],
  ])
  expect(layout.foldable).toBe(0)
})

it('drops the output of a cleared variable name', () => {
  const layout = layOut('test.stream', { properties: { resultVariable: '' } })
  expect(layout.ports.some(({ id }) => id.startsWith('out:'))).toBe(false)
})

it('gives a trigger no way in and a resource a diamond at its top', () => {
  expect(places(layOut('test.start'))).toEqual(['exec:next @ 256,59', 'out:request @ 256,91'])
  expect(places(layOut('test.reducer'))).toEqual(['attach-in @ 128,0', 'in:count @ 0,61'])
})

it('makes room for the line below a changed title', () => {
  const definition = registry.nodes.get('test.yield')
  if (definition === undefined) throw new Error('The fixture lacks test.yield.')
  const node = { id: 'n', type: 'test.yield' }
  const short = layOutCard(node, definition, { isExpanded: false, isTall: false })
  const tall = layOutCard(node, definition, { isExpanded: false, isTall: true })
  expect(tall.height - short.height).toBe(12)
  expect((tall.ports[0]?.y ?? 0) - (short.ports[0]?.y ?? 0)).toBe(12)
})

it('keeps the ports that edges name on the card of an unknown type', () => {
  const layout = layOutBrokenCard({
    isTall: false,
    hasExecIn: true,
    outs: ['next'],
    isResource: false,
    attachments: ['embedder'],
  })
  expect(layout.ports.map(({ id }) => id)).toEqual(['exec-in', 'exec:next', 'attach:embedder'])
})

it('has a port for each parameter of a statement, and none for a statement without', () => {
  const inputsOf = (node: Omit<FlowNode, 'id'>) => {
    const [query] = flowOf({ query: node }).nodes
    const definition = queryRegistry.nodes.get('test.query')
    if (query === undefined || definition === undefined) return undefined
    const { inputs } = layOutCard(query, definition, { isExpanded: false, isTall: false })
    return inputs.map(({ id, label, isBound }) => ({ id, label, isBound }))
  }
  expect(inputsOf(queryOf({ Id: { $ref: 'request' }, Other: '' }))).toEqual([
    { id: 'sql.@Id', label: '@Id', isBound: true },
    { id: 'sql.@Other', label: '@Other', isBound: false },
  ])
  expect(inputsOf(queryOf({}))).toEqual([])
})
