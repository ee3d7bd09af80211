import { expect, it } from 'vitest'
import { chooseModeOf, chosenModeOf, keepModeMemory, modeMemoryOf } from './chosen-modes.ts'

const place = { flowId: 'a', nodeIds: ['llm'], propertyKey: 'prompt' }

it('keeps the mode of a field, whichever node is selected meanwhile', () => {
  expect(chosenModeOf(place)).toBeUndefined()
  chooseModeOf(place, 'expression')
  chooseModeOf({ ...place, nodeIds: ['if'] }, 'reference')
  expect(chosenModeOf(place)).toBe('expression')
})

it('keeps apart nodes with one id in two flows, and a node alone from several', () => {
  chooseModeOf(place, 'expression')
  expect(chosenModeOf({ ...place, flowId: 'b' })).toBeUndefined()
  expect(chosenModeOf({ ...place, nodeIds: ['llm', 'if'] })).toBeUndefined()
})

it('keeps what a field held in its other modes', () => {
  const memory = new Map([['literal', { value: 'Hello', became: undefined }]] as const)
  keepModeMemory(place, memory)
  expect(modeMemoryOf(place)).toBe(memory)
  expect(modeMemoryOf({ ...place, nodeIds: ['if'] }).size).toBe(0)
})
