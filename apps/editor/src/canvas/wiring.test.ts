import { expect, it } from 'vitest'
import { flowOf, queryOf, queryRegistry, registry } from './testing/fixtures.ts'
import { fittingPorts, refusalOf, wireChoices, type PortEnd } from './wiring.ts'

const flow = flowOf(
  {
    start: 'test.start',
    chat: 'test.stream',
    yield: 'test.yield',
    reducer: 'test.reducer',
  },
  ['start.next -> chat'],
)

function end(text: string): PortEnd {
  const [nodeId = '', portId = ''] = text.split(' ')
  return { nodeId, portId }
}

function wire(from: string, to: string) {
  const ends = { from: end(from), to: end(to) }
  const [choice] = wireChoices(flow, registry, ends)
  return { ...choice, refusal: refusalOf(flow, registry, ends) }
}

it('draws an exec edge from an exit to a triangle', () => {
  const wiring = wire('chat exec:forEachMessage', 'yield exec-in')
  expect(wiring.refusal).toBeUndefined()
  expect(wiring.apply?.(flow).edges.at(-1)).toEqual({
    from: ['chat', 'forEachMessage'],
    to: 'yield',
  })
})

it('refuses an edge that would run in a circle', () => {
  expect(wire('chat exec:continue', 'chat exec-in').refusal).toBe('A node cannot follow itself.')
})

it('attaches a resource at its diamond', () => {
  expect(wire('chat attach:historyReducer', 'reducer attach-in').apply?.(flow).attachments).toEqual(
    [{ host: ['chat', 'historyReducer'], resource: 'reducer' }],
  )
})

it('binds an output to an input that runs after it', () => {
  const wiring = wire('start out:request', 'chat in:prompt')
  expect(wiring.refusal).toBeUndefined()
  expect(wiring.apply?.(flow).nodes[1]?.properties).toEqual({ prompt: { $ref: 'request' } })
})

it('says why an output cannot be bound', () => {
  expect(wire('start out:request', 'yield in:value').refusal).toBe(
    '"request" is out of reach: No node that is installed sets flow variables.',
  )
  expect(wire('start out:request', 'chat in:temperature').refusal).toBe(
    '"Temperature" takes a number, and "request" is text.',
  )
})

it('says what a wire wants when it ends at a port of another kind', () => {
  const ends = { from: end('start exec:next'), to: end('chat in:prompt') }
  expect(refusalOf(flow, registry, ends)).toBe(
    'This exit leads to a triangle: the point where a node starts.',
  )
})

it('finds the ports that fit, from either end of a wire', () => {
  const ports = ['yield exec-in', 'yield in:value', 'reducer attach-in', 'start exec:next'].map(end)
  expect(fittingPorts(flow, registry, end('chat exec:continue'), ports)).toEqual([
    end('yield exec-in'),
  ])
  expect(fittingPorts(flow, registry, end('yield exec-in'), ports)).toEqual([
    end('start exec:next'),
  ])
})

it('binds a parameter of a statement where its wire was dropped', () => {
  const asking = flowOf({ start: 'test.start', ask: queryOf({ Id: '', Other: 1 }) }, [
    'start.next -> ask',
  ])
  const ends = { from: end('start out:request'), to: end('ask in:sql.@Id') }
  const [wiring] = wireChoices(asking, queryRegistry, ends)
  expect(wiring).toMatchObject({ label: 'Bind @Id', asks: false })
  expect(wiring?.apply(asking).nodes[1]).toEqual({
    id: 'ask',
    ...queryOf({ Id: { $ref: 'request' }, Other: 1 }),
  })
})

it('refuses a parameter what it refuses any other input', () => {
  const asking = flowOf({ chat: 'test.stream', ask: queryOf({ Id: '' }) })
  const ends = { from: end('chat out:response'), to: end('ask in:sql.@Id') }
  expect(refusalOf(asking, queryRegistry, ends)).toMatch(/^"response" is out of reach/)
})
