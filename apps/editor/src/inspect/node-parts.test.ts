import { expect, it } from 'vitest'
import type { RunVisits } from '@millrace/flow'
import { nodeIn } from '../document/node-in.ts'
import { scopesIn } from '../document/scopes-in.ts'
import { registry } from '../registry.ts'
import { firstPart, partsOf, type NodePart } from './node-parts.ts'
import { rounds, sampleFlow, visitsIn } from './testing/sample-visits.ts'

function partsIn(visits: RunVisits, nodeId: string): readonly NodePart[] {
  const node = nodeIn(sampleFlow, nodeId)
  const definition = registry.nodes.get(node?.type ?? '')
  const visit = visits.ofNode.get(nodeId)?.at(0)
  if (node === undefined || definition === undefined || visit === undefined) return []
  return partsOf({ node, definition, scopes: scopesIn(sampleFlow, registry), visit, visits })
}

function contentOf(parts: readonly NodePart[], id: string): NodePart['content'] | undefined {
  return parts.find((part) => part.id === id)?.content
}

const request = { model: 'demo', messages: [] }
const answered = visitsIn('full', [
  { type: 'node-start', visit: 1, nodeId: 'chat' },
  { type: 'node-input', visit: 1, values: { modelId: 'demo', userPrompt: 'Hi' } },
  { type: 'node-delta', visit: 1, delta: 'He' },
  { type: 'node-delta', visit: 1, delta: 'llo' },
  { type: 'node-call', visit: 1, kind: 'model', attempt: 1, request },
  { type: 'node-log', visit: 1, level: 'info', message: 'Noted.' },
  { type: 'node-end', visit: 1, outputs: { response: { content: 'Hello' } } },
])

it('lists what a visit was given and gave, and what it did', () => {
  expect(partsIn(answered, 'chat').map(({ group, name, hint }) => [group, name, hint])).toEqual([
    ['In', 'Connection', ''],
    ['In', 'Model id', ''],
    ['In', 'User prompt', ''],
    ['Out', 'response', 'chatResponse'],
    ['Run', 'Model calls', '1'],
    ['Run', 'Streamed text', '2 pieces'],
    ['Run', 'Log', '1'],
    ['Run', 'Times', ''],
  ])
})

it('shows a streamed text as a whole, and piece by piece', () => {
  expect(contentOf(partsIn(answered, 'chat'), 'stream')).toEqual({
    kind: 'iterations',
    whole: 'Hello',
    items: [
      { number: 1, at: 3, value: { isKnown: true, value: 'He' } },
      { number: 2, at: 4, value: { isKnown: true, value: 'llo' } },
    ],
  })
})

it('shows what the variable of a loop held in each iteration', () => {
  expect(contentOf(partsIn(visitsIn('full', rounds(1)), 'person'), 'block:forEachItem:at')).toEqual(
    {
      kind: 'iterations',
      items: [
        { number: 1, at: 3, value: { isKnown: true, value: 0 } },
        { number: 2, at: 5, value: { isKnown: true, value: 1 } },
      ],
    },
  )
})

it('tells what was not recorded from what is yet to come, failed, or was never given', () => {
  const reasons = (trace: 'full' | 'summary', ...more: Parameters<typeof visitsIn>[1]) => {
    const started = { type: 'node-start', visit: 1, nodeId: 'chat' } as const
    const parts = partsIn(visitsIn(trace, [started, ...more]), 'chat')
    return ['in:userPrompt', 'out:response'].map((id) => {
      const content = contentOf(parts, id)
      return content?.kind === 'value' && !content.value.isKnown ? content.value.reason : content
    })
  }
  const ended = { type: 'node-end', visit: 1 } as const
  const error = { code: 'flow_failed', message: 'No.', retryable: false } as const
  const failed = { type: 'node-error', visit: 1, error } as const
  expect(reasons('summary', ended)).toEqual(['notRecorded', 'notRecorded'])
  expect(reasons('full')).toEqual(['notGiven', 'notYet'])
  expect(reasons('full', failed)).toEqual(['failed', 'failed'])
  expect(reasons('full', { ...ended, skipped: true })).toEqual(['notGiven', 'skipped'])
  const stopped = { ...failed, error: { ...error, code: 'cancelled' } as const }
  expect(reasons('full', stopped)[1]).toBe('stopped')
})

it('begins with the error of a visit that failed, else with what it gave', () => {
  const error = { code: 'flow_failed', message: 'No.', retryable: false } as const
  const failed = visitsIn('full', [
    { type: 'node-start', visit: 1, nodeId: 'chat' },
    { type: 'node-error', visit: 1, error },
  ])
  expect(firstPart(partsIn(failed, 'chat'))?.id).toBe('error')
  expect(firstPart(partsIn(answered, 'chat'))?.id).toBe('out:response')
})

it('lists the calls of an attached node under the visit that made them', () => {
  const visits = visitsIn('full', [
    { type: 'node-start', visit: 1, nodeId: 'chat' },
    { type: 'node-start', visit: 2, nodeId: 'reducer', parent: 1, port: 'historyReducer' },
    { type: 'node-end', visit: 2 },
  ])
  expect(partsIn(visits, 'chat').find(({ group }) => group === 'Attachments')).toMatchObject({
    name: 'History reducer',
    hint: '1 call',
    content: { kind: 'visits', visits: [{ nodeId: 'reducer' }] },
  })
})
