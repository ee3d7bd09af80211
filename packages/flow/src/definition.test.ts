import { describe, expect, it } from 'vitest'
import {
  blockVariablesOf,
  continuePortOf,
  createRegistry,
  dataPortsOf,
  execPortsOf,
  outputsOf,
  titleOf,
  type NodeDefinition,
} from './definition.ts'
import type { JsonValue } from './json.ts'
import { fixtureRegistry } from './testing/fixture-registry.ts'
import { node } from './testing/flow-of.ts'

function definition(type: string): NodeDefinition {
  const found = fixtureRegistry.nodes.get(`test.${type}`)
  if (found === undefined) throw new Error(`The fixture has no ${type}.`)
  return found
}

describe('the exits of a node', () => {
  it('are in the order of its card, and say which are loops', () => {
    expect(
      execPortsOf(definition('chat'), node('a', 'chat')).map(({ id, isLoop }) => [id, isLoop]),
    ).toEqual([
      ['forEachMessage', true],
      ['continue', false],
    ])
  })

  it('are one for each item of a list property, whatever else is in the list', () => {
    const cases = [{ id: 'x', name: 'First' }, 'odd', null, { id: 'y' }]
    expect(
      execPortsOf(definition('switch'), node('a', 'switch', { cases })).map(({ id, label }) => [
        id,
        label,
      ]),
    ).toEqual([
      ['case.x', 'First'],
      ['case.y', 'y'],
      ['continue', 'Continue'],
    ])
    expect(execPortsOf(definition('switch'), node('a', 'switch', { cases: 'none' }))).toHaveLength(
      1,
    )
  })

  it('go on at the one without a block; a jump and a resource have none', () => {
    const ports = ['chat', 'switch', 'yield', 'break', 'reducer'].map((type) =>
      continuePortOf(definition(type)),
    )
    expect(ports).toEqual(['continue', 'continue', 'next', undefined, undefined])
  })
})

describe('the variables of a node', () => {
  it('have the names that its properties give, or the default ones, or none', () => {
    const chat = definition('chat')
    const names = (properties: Readonly<Record<string, string>>) =>
      outputsOf(chat, node('a', 'chat', properties)).map(({ name }) => name)
    expect(names({})).toEqual(['response'])
    expect(names({ resultVariable: 'answer' })).toEqual(['answer'])
    expect(names({ resultVariable: '' })).toEqual([])
  })

  it('of a block are those of its port', () => {
    const chat = definition('chat')
    const at = node('a', 'chat', { streamVariable: 'part' })
    expect(
      execPortsOf(chat, at).map((port) => blockVariablesOf(chat, at, port).map(({ name }) => name)),
    ).toEqual([['part'], []])
  })
})

it('gives the data ports of a card in their order', () => {
  expect(dataPortsOf(definition('chat'), {}).map(({ key }) => key)).toEqual(['prompt'])
})

it('gives a data port for each binding in a value, where the property is made of them', () => {
  const parameters = [
    { name: 'SessionId', type: 'text', value: null },
    { name: 'top', type: 'integer', value: 3 },
  ]
  const properties = { query: { statement: 'SELECT 1', parameters } }
  const ports = (of: Readonly<Record<string, JsonValue>>) =>
    dataPortsOf(definition('store'), { properties: of }).map(({ id, label, key, path }) => ({
      id,
      label,
      key,
      path,
    }))
  const table = { id: 'table', label: 'Table', key: 'table', path: [] }
  expect(ports(properties)).toEqual([
    table,
    { id: 'query.@SessionId', label: '@SessionId', key: 'query', path: ['parameters', 0, 'value'] },
    { id: 'query.@top', label: '@top', key: 'query', path: ['parameters', 1, 'value'] },
  ])
  expect(ports({ query: 'no statement' })).toEqual([table])
})

it('takes the first of two parts of one name for the port, and knows what fits there', () => {
  const parameters = [
    { name: 'Id', type: 'integer', value: { $ref: 'request.count' } },
    { name: 'Id', type: 'text', value: '' },
  ]
  const ports = dataPortsOf(definition('store'), {
    properties: { query: { statement: 'SELECT 1', parameters } },
  })
  expect(
    ports
      .filter(({ key }) => key === 'query')
      .map(({ path, value, type }) => ({ path, value, type })),
  ).toEqual([
    { path: ['parameters', 0, 'value'], value: { $ref: 'request.count' }, type: 'number' },
  ])
})

it('calls a node by its title, then by that of its kind, then by its type', () => {
  const chat = definition('chat')
  expect(titleOf({ ...node('a', 'chat'), title: 'Mine' }, chat)).toBe('Mine')
  expect(titleOf({ ...node('a', 'chat'), title: '' }, chat)).toBe('Chat')
  expect(titleOf(node('a', 'chat'), undefined)).toBe('test.chat')
})

it('refuses two definitions of one name', () => {
  const chat = definition('chat')
  expect(() => createRegistry({ nodes: [chat, chat], connections: [] })).toThrow(
    'Two definitions are named "test.chat".',
  )
})
