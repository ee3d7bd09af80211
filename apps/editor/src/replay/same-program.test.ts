import { setNodeFields, setProperty, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { flowOf, registry } from '../canvas/testing/fixtures.ts'
import { asRan, isSameProgram } from './same-program.ts'

const flow = flowOf({ start: 'test.start', chat: 'test.stream' }, ['start.next -> chat'])
const copy = JSON.parse(JSON.stringify(flow)) as Flow // what it was made of

it('takes documents for the same that only look different', () => {
  const moved = { ...copy, name: 'Other', layout: { nodes: { chat: [900, 900] } } } satisfies Flow
  expect(isSameProgram(flow, moved)).toBe(true)
})

it('takes documents for different that run differently', () => {
  const off = setNodeFields(flow, 'chat', { disabled: true })
  expect(isSameProgram(flow, off)).toBe(false)
  expect(isSameProgram(flow, { ...flow, edges: [] })).toBe(false)
})

it('keeps the very nodes of the open flow that are set as they were', () => {
  const open = setProperty(flow, registry, { nodeId: 'chat', key: 'model', value: 'new' })
  const ran = asRan(copy, open, registry)
  const nodeOf = (of: Flow, nodeId: string) => of.nodes.find(({ id }) => id === nodeId)
  expect(nodeOf(ran, 'start')).toBe(nodeOf(open, 'start'))
  expect(nodeOf(ran, 'chat')).not.toBe(nodeOf(open, 'chat'))
})
