import { beforeEach, expect, it } from 'vitest'
import { sessionCommands, useSession } from './session-store.ts'

beforeEach(() => sessionCommands.reset())

it('selects nodes and edges, and nothing else any more', () => {
  sessionCommands.select(['a', 'b'], ['e'])
  sessionCommands.select(['b'])
  const { selectedNodeIds, selectedEdgeIds } = useSession.getState()
  expect([[...selectedNodeIds], [...selectedEdgeIds]]).toEqual([['b'], []])
})

it('keeps the same set when the selection is what it was', () => {
  sessionCommands.select(['a'])
  const before = useSession.getState()
  sessionCommands.select(['a'])
  expect(useSession.getState()).toBe(before)
})

it('leads to the same field again with a new focus', () => {
  sessionCommands.focusNode('a', 'prompt')
  const { focus } = useSession.getState()
  sessionCommands.focusNode('a', 'prompt')
  expect(useSession.getState().focus).toEqual({ nodeId: 'a', property: 'prompt' })
  expect(useSession.getState().focus).not.toBe(focus)
})

it('opens the picker where it is wanted, and from nowhere the next time', () => {
  sessionCommands.openPicker({ from: ['a', 'exec:next'], position: [8, 8] })
  expect(useSession.getState().pickerOrigin.from).toEqual(['a', 'exec:next'])
  sessionCommands.closePicker()
  sessionCommands.openPicker()
  expect(useSession.getState()).toMatchObject({ isPickerOpen: true, pickerOrigin: {} })
})

it('brings to the front of the side panel what was wanted last', () => {
  const front = () => useSession.getState().sideView
  sessionCommands.setChatOpen(true)
  expect(front()).toBe('chat')
  sessionCommands.select(['a'])
  expect(front()).toBe('properties')
  sessionCommands.setChatOpen(true)
  expect(front()).toBe('chat')
})
