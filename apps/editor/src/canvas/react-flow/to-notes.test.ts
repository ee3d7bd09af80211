import type { Note } from '@millrace/flow'
import { expect, it } from 'vitest'
import { createNoteDeriver, type NoteSources } from './to-notes.ts'

const frame = (id: string, size: number): Note => ({
  id,
  kind: 'frame',
  text: id,
  position: [0, 0],
  size: [size, size],
})
const note: Note = { id: 'note', text: '# Read\nme', position: [8, 16] }

function sources(change: Partial<NoteSources> = {}): NoteSources {
  return {
    notes: [note, frame('inner', 200), frame('outer', 400)],
    selected: new Set(),
    dragged: new Map(),
    resized: undefined,
    ...change,
  }
}

it('puts larger frames behind smaller ones, and both behind notes', () => {
  expect(createNoteDeriver()(sources()).map(({ id }) => id)).toEqual([
    'note:outer',
    'note:inner',
    'note:note',
  ])
})

it('names what is written, and lets the pointer through a frame only', () => {
  const [outer, , shown] = createNoteDeriver()(sources())
  expect([outer?.ariaLabel, shown?.ariaLabel]).toEqual(['Frame: outer', 'Note: # Read me'])
  expect([outer?.style, shown?.style]).toEqual([{ pointerEvents: 'none' }, undefined])
})

it('renews only the notes that are selected, dragged or resized, with the data that they had', () => {
  const derive = createNoteDeriver()
  const same = sources()
  const before = derive(same)
  expect(derive({ ...same })).toBe(before)
  const after = derive({
    ...same,
    dragged: new Map([['note:note', [80, 80]]]),
    resized: { noteId: 'inner', box: { x: 0, y: 0, width: 240, height: 120 } },
  })
  expect(after.map((one, index) => one === before[index])).toEqual([true, false, false])
  expect(after[1]).toMatchObject({ width: 240, height: 120 })
  expect(after[2]).toMatchObject({ position: { x: 80, y: 80 } })
  expect(after[2]?.data).toBe(before[2]?.data)
})
