import { emptyFlow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { streamsText, yieldView } from './yield-view.ts'

it('shows texts and messages as text, records of plain values as rows, the rest one by one', () => {
  expect(yieldView(['a', { content: 'b', index: 1 }])).toBe('text')
  expect(yieldView([{ id: 1, name: 'Mill' }, { id: 2 }])).toBe('rows')
  expect(yieldView([{ id: 1 }])).toBe('values')
  expect(yieldView([{ id: 1, lines: [] }, { id: 2 }])).toBe('values')
  expect(yieldView(['a', 7])).toBe('values')
})

it('takes texts for pieces of one where a model streams them', () => {
  const flow = (type: string) => ({ ...emptyFlow('id', 'Name'), nodes: [{ id: 'node', type }] })
  expect(streamsText(flow('openai.streamingChatCompletion'))).toBe(true)
  expect(streamsText(flow('flow.log'))).toBe(false)
})
