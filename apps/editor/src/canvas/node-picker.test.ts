import { expect, it } from 'vitest'
import { fittingDefinitions, searchDefinitions } from './node-picker.ts'
import { registry as installed } from '../registry.ts'
import { flowOf, query, registry } from './testing/fixtures.ts'

const flow = flowOf({ start: 'test.start', chat: 'test.stream', reducer: 'test.reducer' })

function fitting(origin: Parameters<typeof fittingDefinitions>[2]): readonly string[] {
  return fittingDefinitions(flow, registry, origin).map(({ type }) => type)
}

it('offers every type when it is opened from nowhere', () => {
  expect(fitting({})).toEqual(['test.start', 'test.stream', 'test.yield', 'test.reducer'])
})

it('offers what a dropped wire can lead to', () => {
  expect(fitting({ from: ['start', 'exec:next'] })).toEqual(['test.stream', 'test.yield'])
  expect(fitting({ from: ['chat', 'attach:historyReducer'] })).toEqual(['test.reducer'])
})

it('offers what a wire drawn backwards can come from', () => {
  expect(fitting({ to: ['chat', 'exec-in'] })).toEqual(['test.start', 'test.stream', 'test.yield'])
  expect(fitting({ to: ['reducer', 'attach-in'] })).toEqual(['test.stream'])
})

it('offers what takes or gives a value, the best fit first', () => {
  expect(fitting({ from: ['start', 'out:request'] })).toEqual(['test.stream', 'test.yield'])
  expect(fitting({ to: ['chat', 'in:prompt'] })).toEqual(['test.stream'])
})

it('offers what can stand in the middle of an edge', () => {
  expect(fitting({ splice: { from: ['start', 'next'], to: 'chat' } })).toEqual([
    'test.stream',
    'test.yield',
  ])
})

it('searches titles first, then tags and descriptions', () => {
  const definitions = [...registry.nodes.values()]
  const find = (search: string) =>
    searchDefinitions(definitions, search).flatMap((group) =>
      group.definitions.map(({ title }) => title),
    )
  expect(find('sta')).toEqual(['Start'])
  expect(find('chat')).toEqual(['Stream'])
  expect(find('sends value')).toEqual(['Yield'])
  expect(find('nothing like it')).toEqual([])
})

it.each([
  ['loop', 'For each'],
  ['try', 'Try'],
  ['catch', 'Try'],
  ['switch', 'If-Else'],
  ['delay', 'Wait'],
  ['api call', 'HTTP request'],
  ['javascript', 'Function'],
  ['subflow', 'Run flow'],
  ['webhook', 'HTTP trigger'],
])('finds first what somebody who types “%s” would want', (words, title) => {
  const [first] = searchDefinitions([...installed.nodes.values()], words)
  expect(first?.definitions[0]?.title).toBe(title)
})

it('groups by category, in the palette’s order', () => {
  expect(searchDefinitions([...registry.nodes.values()], '').map(({ title }) => title)).toEqual([
    'Triggers',
    'Models',
    'Output',
    'Attachments',
  ])
})

it('groups what asks databases by their systems, since their nodes have the same names', () => {
  const other = { ...query, type: 'other.query', system: 'Other' }
  const groups = searchDefinitions([...registry.nodes.values(), query, other], 'query')
  expect(groups.map(({ title }) => title)).toEqual(['Test', 'Other'])
})
