import { emptyFlow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { inputsOf } from './use-name-suggestions.ts'

it('suggests the fields that the trigger of a called flow declares', () => {
  const fields = [
    { name: 'customer', type: 'text' },
    { name: 'note', type: 'text', optional: true },
  ]
  const flow = {
    ...emptyFlow('called', 'Called'),
    nodes: [{ id: 'trigger', type: 'flow.trigger', properties: { fields } }],
  }
  expect(inputsOf(flow)).toEqual([
    { value: 'customer', hint: 'text', isExpected: true },
    { value: 'note', hint: 'text, optional', isExpected: false },
  ])
  expect(inputsOf(emptyFlow('empty', 'Empty'))).toEqual([])
})
