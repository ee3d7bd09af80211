import { expect, it } from 'vitest'
import { bindingPath } from './binding-path.ts'
import { bindingLinesOf } from './bindings.ts'
import { flowOf, queryOf, queryRegistry, registry } from './testing/fixtures.ts'

const flow = flowOf(
  {
    start: 'test.start',
    chat: { type: 'test.stream', properties: { prompt: { $expr: 'request + "!"' } } },
    yield: { type: 'test.yield', properties: { value: { $ref: 'message.content' } } },
    after: { type: 'test.yield', properties: { value: { a: { $ref: 'response' } } } },
  },
  ['start.next -> chat', 'chat.forEachMessage -> yield', 'chat.continue -> after'],
)

it('finds the lines to and from a node, in references, expressions and inside values', () => {
  expect(
    bindingLinesOf(flow, registry, ['chat']).map(
      (line) => `${line.fromNodeId} ${line.fromPortId} > ${line.toNodeId} ${line.toPortId}`,
    ),
  ).toEqual([
    'start out:request > chat in:prompt',
    'chat exec:forEachMessage > yield in:value',
    'chat out:response > after in:value',
  ])
  expect(bindingLinesOf(flow, registry, ['start'])).toHaveLength(1)
  expect(bindingLinesOf(flow, registry).map(({ name }) => name)).toEqual([
    'request',
    'message',
    'response',
  ])
})

it('curves to its end where nothing is between', () => {
  expect(bindingPath([0, 0], [200, 40], [])).toEqual({
    path: 'M0,0 C100,0 100,40 200,40',
    middle: [100, 20],
  })
})

it('goes over the cards that are between', () => {
  const { path } = bindingPath([0, 100], [600, 120], [{ x: 200, y: 40, width: 256, height: 200 }])
  expect(path).toContain(',26')
  expect(path.endsWith('L600,120')).toBe(true)
})

it('leads back to the next row between the cards, not over them', () => {
  const source = { x: 600, y: 100, width: 256, height: 120 }
  const target = { x: 600, y: 300, width: 256, height: 300 }
  const { path } = bindingPath([856, 200], [600, 420], [source, target])
  expect(path).toContain(',286')
  expect(path).not.toContain(',86')
})

it('leads to the parameter of a statement that reads the variable', () => {
  const flow = flowOf(
    { start: 'test.start', ask: queryOf({ Other: '', Id: { $ref: 'request' } }) },
    ['start.next -> ask'],
  )
  expect(bindingLinesOf(flow, queryRegistry, ['ask'])).toEqual([
    {
      fromNodeId: 'start',
      fromPortId: 'out:request',
      toNodeId: 'ask',
      toPortId: 'in:sql.@Id',
      name: 'request',
    },
  ])
})
