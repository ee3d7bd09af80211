import { expect, it } from 'vitest'
import { removeNodes } from './edit.ts'
import { findReferences, lostReferences, usesOfFlowVariables } from './find-references.ts'
import { scopesOf } from './scope.ts'
import { fixtureRegistry } from './testing/fixture-registry.ts'
import { flowOf, node } from './testing/flow-of.ts'

const flow = flowOf({
  nodes: [
    node('start', 'request'),
    node('chat', 'chat', {
      connection: 'main',
      prompt: { $text: ['Say ', { $expr: 'request.prompt.upper()' }] },
      template: 'request',
    }),
    node('choice', 'if', {
      condition: {
        match: 'all',
        rows: [{ left: { $ref: 'request.prompt' }, operator: 'isEmpty' }],
      },
    }),
    node('answer', 'yield', { value: { $expr: 'response.content + request.prompt' } }),
    node('other', 'yield', { value: { $expr: '[1].map(request, request)' } }),
    node('apart', 'yield', { value: { $ref: 'request.prompt' } }),
  ],
  lines: [
    'start.next -> chat',
    'chat.continue -> choice',
    'choice.continue -> answer',
    'answer.next -> other',
  ],
})

it('finds what refers to a variable, in references, texts, rows and expressions', () => {
  expect(findReferences(flow, fixtureRegistry, { nodeId: 'start', name: 'request' })).toEqual([
    { nodeId: 'chat', property: 'prompt' },
    { nodeId: 'choice', property: 'condition' },
    { nodeId: 'answer', property: 'value' },
  ])
})

it('knows where the variables of the flow are read and set', () => {
  const counting = flowOf({
    nodes: [
      node('set', 'set', { variable: 'count', value: { $expr: 'count + 1' } }),
      node('show', 'yield', { value: { $text: ['Now ', { $ref: 'count' }] } }),
    ],
    lines: ['set.next -> show'],
    variables: [
      { name: 'count', type: 'number' },
      { name: 'spare', type: 'text' },
    ],
  })
  const scopes = scopesOf(counting, fixtureRegistry)
  expect([...usesOfFlowVariables(counting, fixtureRegistry, scopes)]).toEqual([
    [
      'count',
      [
        { nodeId: 'set', property: 'variable', way: 'sets' },
        { nodeId: 'set', property: 'value', way: 'reads' },
        { nodeId: 'show', property: 'value', way: 'reads' },
      ],
    ],
  ])
})

it('finds what an edit took the meaning of, and not what meant nothing before', () => {
  const less = removeNodes(flow, fixtureRegistry, ['start'])
  expect(lostReferences(flow, less, fixtureRegistry)).toEqual([
    { nodeId: 'chat', property: 'prompt' },
    { nodeId: 'choice', property: 'condition' },
    { nodeId: 'answer', property: 'value' },
  ])
})

it('finds nothing for a variable of that name of another node', () => {
  expect(findReferences(flow, fixtureRegistry, { nodeId: 'chat', name: 'request' })).toEqual([])
})

it.each(['toString', 'valueOf', 'hasOwnProperty'])(
  '[F3] finds nothing in a property that no definition has: %s',
  (key) => {
    const odd = flowOf({
      nodes: [node('start', 'request'), node('answer', 'yield', { [key]: { $ref: 'request' } })],
      lines: ['start.next -> answer'],
    })
    const variable = { nodeId: 'start', name: 'request' }
    expect(findReferences(odd, fixtureRegistry, variable)).toEqual([])
  },
)
