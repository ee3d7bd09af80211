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

it('opens one thing over the designer, in the place of what was open', () => {
  sessionCommands.openPicker({ from: ['a', 'exec:next'], position: [8, 8] })
  const origin = { from: ['a', 'exec:next'], position: [8, 8] }
  expect(useSession.getState().opened).toEqual({ kind: 'picker', origin })
  sessionCommands.open({ kind: 'help' })
  expect(useSession.getState().opened).toEqual({ kind: 'help' })
  sessionCommands.close()
  expect(useSession.getState().opened).toBeUndefined()
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
