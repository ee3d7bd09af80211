import { emptyFlow, serializeFlow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { readImport } from './read-import.ts'
import { streamingChatExample } from '@millrace/nodes'

const demo = { id: 'demo', kind: 'demo' }

it('reads what was exported, and says which connections it asks for', () => {
  const flow = streamingChatExample('mine', 'Mine')
  expect(readImport(serializeFlow(flow), [])).toMatchObject({
    status: 'flow',
    flow: { id: 'mine', name: 'Mine' },
    connections: [{ id: 'demo', kinds: ['openai', 'demo'], isHere: false }],
  })
  expect(readImport(serializeFlow(flow), [demo])).toMatchObject({
    connections: [{ id: 'demo', isHere: true }],
  })
})

it('lists everything that is wrong at once', () => {
  const document = { ...emptyFlow('A B', ''), nodes: [{ id: '1', type: 'x' }] }
  const result = readImport(JSON.stringify(document), [])
  expect(result.status === 'malformed' && result.problems.length).toBeGreaterThanOrEqual(4)
})

it('says where JSON breaks off, and what a text is that is none', () => {
  expect(readImport('{ "format": ', [])).toMatchObject({
    problems: [{ message: expect.stringContaining('not JSON') }],
  })
  expect(readImport('<html>', [])).toMatchObject({
    problems: [{ message: expect.stringContaining('starts with {') }],
  })
})

it('knows a flow of a newer version', () => {
  const newer = { ...emptyFlow('a', 'A'), version: 2 }
  expect(readImport(JSON.stringify(newer), [])).toEqual({ status: 'newer', version: 2 })
})
