import { expect, it } from 'vitest'
import { flowOf, queryOf, queryRegistry as registry } from '../canvas/testing/fixtures.ts'
import { findInFlow, type Hit } from './find-in-flow.ts'
import { textsOfNode } from './searchable-texts.ts'

const flow = flowOf(
  {
    query: queryOf({ CustomerId: { $ref: 'request' } }),
    chat: {
      type: 'test.stream',
      title: 'Answer',
      properties: {
        prompt: { $text: ['Answer the ', { $ref: 'request.topic' }, ' politely.'] },
        temperature: 0.25,
        context: { $expr: 'rows.filter(r, r.open)' },
      },
    },
    start: 'test.start',
  },
  [],
  {
    variables: [{ name: 'modelId', type: 'text', value: 'small-4' }],
    layout: {
      nodes: { start: [0, 0], chat: [400, 0], query: [800, 0] },
      notes: [{ id: 'note', text: 'Ask Legal before this goes out.', position: [0, 400] }],
    },
  },
)

function find(search: string, problems: Parameters<typeof findInFlow>[0]['problems'] = []) {
  return findInFlow({ flow, problems, registry }, search)
}

function brief({ place, what, text, at }: Hit): string {
  const where =
    place.kind === 'node'
      ? `${place.nodeId}${place.property === undefined ? '' : `.${place.property}`}`
      : place.kind
  return `${where} ${what}: ${text.slice(at)}`
}

it('finds titles, types and ids, each node once by its names', () => {
  expect(find('ANSWER').map(brief)).toEqual([
    'chat Title: Answer',
    'chat.prompt Prompt: Answer the request.topic politely.',
  ])
  expect(find('stream').map(brief)).toEqual(['chat Type: Stream · test.stream'])
  expect(find('query').map(brief)).toEqual(['query Title: Query'])
})

it('finds text, references, expressions, numbers and SQL in properties', () => {
  expect(find('politely').map(brief)).toEqual(['chat.prompt Prompt: politely.'])
  expect(find('.topic').map(brief)).toEqual(['chat.prompt Prompt: .topic politely.'])
  expect(find('r.open').map(brief)).toEqual(['chat.context Context: r.open)'])
  expect(find('0.25').map(brief)).toEqual(['chat.temperature Temperature: 0.25'])
  expect(find('select 1').map(brief)).toEqual(['query.sql SQL: select 1'])
  expect(find('customerid').map(brief)).toEqual(['query.sql SQL: CustomerId'])
})

it('finds a variable where it is declared, also by default, and where it is used, in the order of the canvas', () => {
  expect(find('request').map(brief)).toEqual([
    'start.outputVariable Output name: request',
    'chat.prompt Prompt: request.topic politely.',
    'query.sql SQL: request',
  ])
  expect(find('modelId').map(brief)).toEqual(['flow Variable: modelId'])
  expect(find('small-4').map(brief)).toEqual(['flow Value of modelId: small-4'])
})

it('finds notes and problems', () => {
  expect(find('legal').map(brief)).toEqual(['note Note: Legal before this goes out.'])
  const problems = [
    {
      code: 'property_missing',
      severity: 'error',
      message: 'Choose a connection.',
      nodeId: 'chat',
      property: 'prompt',
    },
    { code: 'entry_missing', severity: 'error', message: 'There is no connection to a start.' },
  ] as const
  expect(find('connection', problems).map(brief)).toEqual([
    'flow Problem: connection to a start.',
    'chat.prompt Problem: connection.',
  ])
})

it('finds nothing for nothing', () => {
  expect(find('  ')).toEqual([])
  expect(find('rocket')).toEqual([])
})

it('reads a node once, and after an edit of one among 500 only that one', () => {
  const many = flowOf(
    Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`n${index}`, 'test.yield'])),
  )
  const before = many.nodes.map((node) => textsOfNode(node, registry))
  const edited = many.nodes.with(7, { id: 'n7', type: 'test.yield', title: 'Changed' })
  const after = edited.map((node) => textsOfNode(node, registry))
  expect(after.filter((texts, index) => texts !== before[index])).toHaveLength(1)
})
