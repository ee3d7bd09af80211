import { attach, connect, removeNodes, setNodeFields, setProperty, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { flowOf, registry } from '../canvas/testing/fixtures.ts'
import { editAnnouncement } from './edit-announcement.ts'

const flow = flowOf(
  { start: 'test.start', chat: 'test.stream', send: 'test.yield', last: 'test.reducer' },
  ['start.next -> chat'],
)
const drawn = connect(flow, registry, { from: ['chat', 'forEachMessage'], to: 'send' })
const attached = attach(flow, registry, { host: ['chat', 'historyReducer'], resource: 'last' })

function said(before: Flow, after: Flow): string | undefined {
  return editAnnouncement(before, after, registry)
}

it('says where an added node runs', () => {
  const before = removeNodes(drawn, registry, ['send'])
  expect(said(before, drawn)).toBe('"Yield" added in "For each message" of "Stream".')
  expect(said(removeNodes(flow, registry, ['chat']), flow)).toBe('"Stream" added after "Start".')
  expect(said(removeNodes(flow, registry, ['last']), flow)).toBe('"Reducer" added.')
})

it('says what is connected and attached, and what no longer is', () => {
  expect(said(flow, drawn)).toBe('"Yield" now runs in "For each message" of "Stream".')
  expect(said(drawn, flow)).toBe('"Yield" disconnected from "Stream".')
  expect(said(flow, attached)).toBe('"Reducer" now attached to "Stream".')
  expect(said(attached, flow)).toBe('"Reducer" disconnected from "Stream".')
})

it('counts what comes and goes together', () => {
  expect(said(drawn, removeNodes(drawn, registry, ['send', 'last']))).toBe('2 nodes deleted.')
  expect(said(drawn, removeNodes(drawn, registry, ['send']))).toBe('"Yield" deleted.')
})

it('says what is disabled', () => {
  const disabled = setNodeFields(flow, 'send', { disabled: true })
  expect(said(flow, disabled)).toBe('"Yield" disabled.')
  expect(said(disabled, flow)).toBe('"Yield" enabled.')
})

it('is silent about typing and moving', () => {
  const typed = setProperty(flow, registry, { nodeId: 'send', key: 'value', value: 'Hi' })
  expect(said(flow, typed)).toBeUndefined()
  expect(said(flow, { ...flow, layout: { nodes: { send: [8, 8] } } })).toBeUndefined()
})
