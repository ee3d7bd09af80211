import { expect, it } from 'vitest'
import { flowOf, registry } from '../canvas/testing/fixtures.ts'
import { renamingsOf } from './rename-variable.ts'

const flow = flowOf(
  {
    start: 'test.start',
    chat: { type: 'test.stream', properties: { prompt: { $ref: 'request' } } },
    send: { type: 'test.yield', properties: { value: { $ref: 'message' } } },
  },
  ['start.next -> chat', 'chat.forEachMessage -> send'],
  { variables: [{ name: 'modelId', type: 'text' }] },
)

it('renames what a node declares by default, with all that refers to it', () => {
  const [renaming] = renamingsOf(flow, registry, 'request')
  expect(renaming?.owner).toBe('“Start”')
  const { nodes } = renaming?.rename(flow, 'question') ?? flow
  expect(nodes[0]?.properties).toEqual({ outputVariable: 'question' })
  expect(nodes[1]?.properties).toEqual({ prompt: { $ref: 'question' } })
})

it('renames what only a sub-block sees', () => {
  const [renaming] = renamingsOf(flow, registry, 'message')
  const { nodes } = renaming?.rename(flow, 'piece') ?? flow
  expect(nodes[1]?.properties).toMatchObject({ streamVariable: 'piece' })
  expect(nodes[2]?.properties).toEqual({ value: { $ref: 'piece' } })
})

it('renames a variable of the flow, and offers nothing for other words', () => {
  const [renaming] = renamingsOf(flow, registry, 'modelId')
  expect(renaming?.rename(flow, 'model').variables).toEqual([{ name: 'model', type: 'text' }])
  expect(renamingsOf(flow, registry, 'Prompt')).toEqual([])
})
