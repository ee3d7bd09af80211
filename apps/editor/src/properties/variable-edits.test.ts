import { emptyFlow, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { registry } from '../registry.ts'
import {
  addVariable,
  moveVariable,
  removeVariable,
  retyped,
  withDescription,
} from './variable-edits.ts'

const flow: Flow = {
  ...emptyFlow('f', 'F'),
  variables: [
    { name: 'a', type: 'text', value: 'x' },
    { name: 'b', type: 'number' },
    { name: 'c', type: 'any' },
  ],
}

const names = ({ variables = [] }: Flow) => variables.map(({ name }) => name)

it('adds a variable under a free name', () => {
  const twice = addVariable(addVariable(flow, registry), registry)
  expect(names(twice)).toEqual(['a', 'b', 'c', 'variable', 'variable2'])
})

it('moves a variable to another place, and removes one', () => {
  expect(names(moveVariable(flow, 0, 2))).toEqual(['b', 'c', 'a'])
  expect(names(moveVariable(flow, 2, 0))).toEqual(['c', 'a', 'b'])
  expect(names(removeVariable(flow, 1))).toEqual(['a', 'c'])
})

it('drops a first value that the new type does not take, and an empty description', () => {
  const text = { name: 'a', type: 'text', value: 'x', description: 'For x.' } as const
  expect(retyped(text, 'number')).toEqual({ name: 'a', type: 'number', description: 'For x.' })
  expect(retyped(text, 'any')).toEqual({ ...text, type: 'any' })
  expect(withDescription(text, '')).toEqual({ name: 'a', type: 'text', value: 'x' })
})
