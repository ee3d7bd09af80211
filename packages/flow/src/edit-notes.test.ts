import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addNote, changeNote, moveNotes, removeNotes } from './edit-notes.ts'
import { emptyFlow } from './empty-flow.ts'
import type { Flow } from './flow.ts'
import { noteColours } from './note-colours.ts'
import { parseFlow } from './parse.ts'
import { serializeFlow } from './serialize.ts'
import { anyFlow } from './testing/any-flow.ts'

const empty = emptyFlow('test', 'Test')

function withTwo(): Flow {
  const first = addNote(empty, { text: 'One', position: [0.4, -0.2] })
  return addNote(first.flow, { text: 'Two', position: [8, 8], size: [240, 160] }).flow
}

it('adds notes with free ids on whole pixels, and frames with names of their own', () => {
  const { flow, noteId } = addNote(withTwo(), {
    kind: 'frame',
    text: 'Answer',
    colour: 'blue',
    position: [16, 16],
    size: [400.6, 300],
  })
  expect(noteId).toBe('frame')
  expect(flow.layout?.notes).toEqual([
    { id: 'note', text: 'One', position: [0, 0] },
    { id: 'note2', text: 'Two', position: [8, 8], size: [240, 160] },
    {
      id: 'frame',
      kind: 'frame',
      text: 'Answer',
      colour: 'blue',
      position: [16, 16],
      size: [401, 300],
    },
  ])
})

it('changes one note and keeps the others the objects that they were', () => {
  const flow = withTwo()
  const changed = changeNote(flow, 'note', { text: 'New', colour: 'red', size: [100, 80] })
  expect(changed.layout?.notes).toEqual([
    { id: 'note', text: 'New', colour: 'red', position: [0, 0], size: [100, 80] },
    flow.layout?.notes?.[1],
  ])
  expect(changed.layout?.notes?.[1]).toBe(flow.layout?.notes?.[1])
})

it('moves and removes notes by their ids, and leaves the places of nodes alone', () => {
  const flow: Flow = { ...withTwo(), nodes: [{ id: 'a', type: 'test.yield' }] }
  const placed = { ...flow, layout: { ...flow.layout, nodes: { a: [5, 5] as const } } }
  const moved = moveNotes(placed, new Map([['note', [24, 32]]]))
  expect(moved.layout?.notes?.map(({ position }) => position)).toEqual([
    [24, 32],
    [8, 8],
  ])
  expect(moved.layout?.nodes).toBe(placed.layout.nodes)
  expect(removeNotes(moved, ['note']).layout?.notes?.map(({ id }) => id)).toEqual(['note2'])
})

it('returns the very flow for a note that is gone', () => {
  const flow = withTwo()
  expect(changeNote(flow, 'gone', { text: 'x' })).toBe(flow)
  expect(moveNotes(flow, new Map([['gone', [0, 0]]]))).toBe(flow)
  expect(removeNotes(flow, ['gone'])).toBe(flow)
})

it('leaves a flow that is read again, whatever was done', () => {
  const place = fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true }))
  const colour = fc.constantFrom(...noteColours)
  fc.assert(
    fc.property(anyFlow, fc.string(), place, colour, (flow, text, position, one) => {
      const added = addNote(flow, { kind: 'frame', text, position })
      const changed = changeNote(added.flow, added.noteId, { colour: one, size: position })
      const result = parseFlow(JSON.parse(serializeFlow(changed)))
      expect(result.status).toBe('flow')
      expect(serializeFlow(removeNotes(added.flow, [added.noteId]))).toBe(serializeFlow(flow))
    }),
  )
})
