import { checkFlow, setProperty, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { registry } from '../../registry.ts'

const says = (id: string, value: object) => ({
  id,
  type: 'flow.yieldReturn',
  properties: { value: { ...value } },
})
const flow: Flow = {
  format: 'millrace/flow',
  version: 1,
  id: 'ask',
  name: 'Ask',
  nodes: [
    { id: 'ask', type: 'http.request', properties: { url: 'https://api.example.com' } },
    says('well', { $ref: 'response.body' }),
    says('badly', { $expr: 'response.status' }),
    says('after', { $text: ['', { $ref: 'response.status' }] }),
  ],
  edges: [
    { from: ['ask', 'success'], to: 'well' },
    { from: ['ask', 'nonSuccess'], to: 'badly' },
    { from: ['ask', 'continue'], to: 'after' },
  ],
}

it('[H13] gives its answer in both blocks and after them, and a new name to all three', () => {
  expect(checkFlow(flow, registry)).toEqual([])
  const change = { nodeId: 'ask', key: 'responseVariable', value: 'answer' }
  const renamed = setProperty(flow, registry, change)
  expect(checkFlow(renamed, registry)).toEqual([])
  expect(renamed.nodes.slice(1).map(({ properties }) => properties?.['value'])).toEqual([
    { $ref: 'answer.body' },
    { $expr: 'answer.status' },
    { $text: ['', { $ref: 'answer.status' }] },
  ])
})
