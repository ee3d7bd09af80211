import { emptyFlow, type Flow } from '@millrace/flow'
import { beforeEach, expect, it } from 'vitest'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { sessionCommands, useSession } from '../session/session-store.ts'
import { arrangeCommands } from './arrange-commands.ts'
import { alignBoxes } from './align.ts'
import { canvasCommands } from './canvas-commands.ts'
import { useCanvas } from './canvas-store.ts'
import { noteCommands } from './note-commands.ts'

const flow: Flow = {
  ...emptyFlow('test', 'Test'),
  nodes: [
    { id: 'one', type: 'flow.log' },
    { id: 'two', type: 'flow.log' },
  ],
  layout: { nodes: { one: [0, 0], two: [400, 80] } },
}

beforeEach(() => documentCommands.open(flow, '1'))

const layout = () => useDocument.getState().flow.layout
const undoSteps = () => useDocument.getState().history.past.map(({ label }) => label)

it('adds a note that is selected and written in at once', () => {
  noteCommands.add([1000, 1000])
  expect([...useSession.getState().selectedNoteIds]).toEqual(['note'])
  expect(useCanvas.getState().editingNoteId).toBe('note')
  noteCommands.write('note', 'H')
  noteCommands.write('note', 'Hi')
  expect(layout()?.notes?.[0]).toMatchObject({ text: 'Hi' })
  expect(undoSteps()).toEqual(['Edit note', 'Add note'])
})

it('frames what is selected, moves the content with it, and fits it again', () => {
  sessionCommands.select(['one', 'two'])
  noteCommands.frameSelection()
  const framed = layout()?.notes?.[0]
  expect(framed).toMatchObject({ kind: 'frame', position: [-24, -56] })
  canvasCommands.move(new Map([['two', [300, 80]]]))
  sessionCommands.select([], [], ['frame'])
  noteCommands.fitFrames()
  expect(layout()?.notes?.[0]?.size?.[0]).toBe((framed?.size?.[0] ?? 0) - 100)
  expect(undoSteps()).toEqual(['Fit frame', 'Move node', 'Frame selection'])
})

it('moves and removes nodes and notes together, each as one step', () => {
  noteCommands.add([1000, 1000])
  canvasCommands.move(
    new Map([
      ['one', [8, 8]],
      ['note:note', [16, 16]],
    ]),
  )
  expect([layout()?.nodes?.['one'], layout()?.notes?.[0]?.position]).toEqual([
    [8, 8],
    [16, 16],
  ])
  canvasCommands.selectAll()
  canvasCommands.removeSelected()
  expect(useDocument.getState().flow.nodes).toEqual([])
  expect(layout()?.notes).toEqual([])
  expect(undoSteps()).toEqual(['Delete 3 items', 'Move 2 items', 'Add note'])
})

it('sizes notes by keys, never below what can be read, and many presses undo as one', () => {
  noteCommands.add([1000, 1000])
  for (let press = 0; press < 3; press += 1) noteCommands.growSelected([8, 0])
  expect(layout()?.notes?.[0]?.size).toEqual([264, 136])
  noteCommands.growSelected([-500, -500])
  expect(layout()?.notes?.[0]?.size).toEqual([120, 64])
  expect(undoSteps()).toEqual(['Resize note', 'Add note'])
})

it('aligns what is selected as one step, and makes none where nothing moves', () => {
  sessionCommands.select(['one', 'two'])
  const top = () => arrangeCommands.place('Align', ({ boxes }) => alignBoxes(boxes, 'top'))
  top()
  top()
  expect(layout()?.nodes).toEqual({ one: [0, 0], two: [400, 0] })
  expect(undoSteps()).toEqual(['Align'])
})
