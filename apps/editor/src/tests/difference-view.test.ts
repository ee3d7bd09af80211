import { emptyFlow } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import { expect, it } from 'vitest'
import { viewOf } from './difference-view.ts'

const flow = {
  ...emptyFlow('chat', 'Chat'),
  nodes: [{ id: 'chat', type: 'openai.chatCompletion', title: 'Answer' }],
}

const view = (difference: Parameters<typeof viewOf>[0]) =>
  viewOf(difference, flow, (type) => registry.nodes.get(type))

it.each([
  ['recordings.chat[0].request.body.model', 'What “Answer” asks', 'body.model'],
  ['recordings.chat[2].request', 'What “Answer” asks, call 3', ''],
  ['recordings.gone', 'Recorded answers for “gone”', ''],
  ['outputs.chat', 'Outputs given to “Answer”', ''],
  ['yields[3].content', 'Yielded values', '[3].content'],
  ['result.total', 'Returned value', 'total'],
  ['outcome', 'How the run ended', ''],
])('says where %s is', (at, title, place) => {
  expect(view({ at })).toMatchObject({ title, place })
})

it('marks the words that two texts do not share', () => {
  expect(view({ at: 'text', expected: 'a friendly one', actual: 'a grumpy one' })).toMatchObject({
    expected: { before: 'a ', marked: 'friendly', after: ' one' },
    actual: { before: 'a ', marked: 'grumpy', after: ' one' },
  })
  expect(view({ at: 'text', expected: 'one', actual: 'one two' })).toMatchObject({
    expected: { before: '', marked: 'one', after: '' },
    actual: { before: '', marked: 'one two', after: '' },
  })
})

it('cuts what two long texts share', () => {
  const long = 'word '.repeat(50)
  const { actual } = view({ at: 'text', expected: `${long}a ${long}`, actual: `${long}b ${long}` })
  expect(actual?.marked).toBe('b')
  expect(actual?.before).toMatch(/^….{60}$/)
  expect(actual?.after).toMatch(/^.{60}…$/)
})

it('shows what is nothing as nothing, and what is no text as JSON', () => {
  expect(view({ at: 'yields[1]', actual: { a: 1 } })).toMatchObject({
    expected: undefined,
    actual: { marked: '{\n  "a": 1\n}' },
  })
})
