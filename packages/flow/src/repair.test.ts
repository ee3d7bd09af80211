import { expect, it } from 'vitest'
import { checkFlow } from './check.ts'
import { replaceMissingVariable, replaceReference } from './repair.ts'
import { fixtureRegistry } from './testing/fixture-registry.ts'
import { flowOf, node } from './testing/flow-of.ts'

const flow = flowOf({
  nodes: [
    node('start', 'request'),
    node('chat', 'chat', {
      connection: 'main',
      prompt: { $text: ['Say ', { $ref: 'requst.prompt' }, { $expr: 'requst.prompt.upper()' }] },
    }),
    node('choice', 'if', {
      condition: { match: 'all', rows: [{ left: { $ref: 'requst.prompt' }, operator: 'isEmpty' }] },
    }),
    node('answer', 'yield', { value: { $ref: 'request.promt' } }),
  ],
  lines: ['start.next -> chat', 'chat.continue -> choice', 'choice.continue -> answer'],
})

it('says which reference is broken, and what was most likely meant', () => {
  const broken = checkFlow(flow, fixtureRegistry).filter(({ reference }) => reference !== undefined)
  expect(broken.map(({ nodeId, reference, instead }) => [nodeId, reference, instead])).toEqual([
    ['chat', 'requst.prompt', 'request.prompt'],
    ['choice', 'requst.prompt', 'request.prompt'],
    ['answer', 'request.promt', 'request.prompt'],
  ])
})

it('mends one property alone, and nothing else is another object than before', () => {
  const mended = replaceReference(flow, fixtureRegistry, {
    nodeId: 'answer',
    property: 'value',
    from: 'request.promt',
    to: 'request.prompt',
  })
  expect(mended.nodes.map((one, index) => one === flow.nodes[index])).toEqual([
    ...[true, true, true, false],
  ])
  expect(mended.nodes[3]?.properties).toEqual({ value: { $ref: 'request.prompt' } })
})

it('mends the formatted values of a text with its others', () => {
  const mended = replaceReference(flow, fixtureRegistry, {
    nodeId: 'chat',
    property: 'prompt',
    from: 'requst.prompt',
    to: 'request.prompt',
  })
  expect(mended.nodes[1]?.properties?.['prompt']).toEqual({
    $text: ['Say ', { $ref: 'request.prompt' }, { $expr: 'request.prompt.upper()' }],
  })
})

it('mends every place that meant a variable which is gone, in texts, rows and expressions', () => {
  const mended = replaceMissingVariable(flow, fixtureRegistry, { from: 'requst', to: 'request' })
  const left = checkFlow(mended, fixtureRegistry).filter(
    ({ code }) => code !== 'connection_missing',
  )
  expect(left.map(({ reference }) => reference)).toEqual(['request.promt'])
})

it('changes nothing where nothing is broken', () => {
  expect(replaceMissingVariable(flow, fixtureRegistry, { from: 'gone', to: 'request' })).toBe(flow)
})
