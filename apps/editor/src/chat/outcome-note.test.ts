import type { RunCall } from '@millrace/flow'
import { expect, it } from 'vitest'
import { outcomeNote } from './outcome-note.ts'

function call(more: Partial<RunCall>): RunCall {
  return {
    nodeId: 'chat',
    visit: 1,
    kind: 'model',
    attempt: 1,
    startedAt: 0,
    endedAt: 1,
    usage: null,
    request: undefined,
    ...more,
  }
}

it.each<[string, readonly RunCall[], string | undefined]>([
  ['no call', [], undefined],
  ['a plain end', [call({ finishReason: 'stop' })], undefined],
  ['the token limit', [call({ finishReason: 'length' })], 'Cut at the token limit'],
  ['the filter', [call({ finishReason: 'content_filter' })], 'Ended by the content filter'],
  ['a refusal', [call({ finishReason: 'stop', refusal: 'No.' })], 'The model refused'],
  [
    'the last model only',
    [call({ finishReason: 'length' }), call({ finishReason: 'stop' }), call({ kind: 'query' })],
    undefined,
  ],
])('says what there is to say of %s', (_, calls, title) => {
  expect(outcomeNote(calls)?.title).toBe(title)
})

it('gives a refusal in the words of the model', () => {
  expect(outcomeNote([call({ refusal: 'I cannot help with that.' })])).toEqual({
    title: 'The model refused',
    text: 'I cannot help with that.',
    nodeId: 'chat',
  })
})
