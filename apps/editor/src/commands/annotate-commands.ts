import type { NoteColour } from '@millrace/flow'
import { Frame, Palette, Scaling, StickyNote } from 'lucide-react'
import { noteCommands } from '../canvas/note-commands.ts'
import { isFrame } from '../canvas/notes.ts'
import type { Point } from '../canvas/placement.ts'
import { whyNotItems } from './command-context.ts'
import type { Command, CommandContext } from './command.ts'

/** What can be done with notes and frames. */
export const annotateCommands = {
  note: {
    label: 'Add a note',
    group: 'Draw',
    // N is taken by nodes: S as in sticky note.
    keys: ['Shift+S'],
    icon: StickyNote,
    menus: ['canvas'],
    words: 'sticky comment remark markdown',
    run: ({ point, viewport }) => noteCommands.add(point ?? viewport?.centre() ?? [0, 0]),
  },
  frame: {
    label: 'Frame the selection',
    group: 'Arrange',
    keys: ['Ctrl+G'],
    icon: Frame,
    menus: ['node', 'nodes'],
    words: 'group box section',
    whyNot: whyNotItems,
    run: noteCommands.frameSelection,
  },
  fitFrame: {
    label: 'Fit the frame to its content',
    group: 'Arrange',
    icon: Scaling,
    menus: ['note'],
    words: 'group shrink grow',
    whyNot: (context) =>
      selectedNotes(context).some(isFrame) ? undefined : 'Select a frame first.',
    run: noteCommands.fitFrames,
  },
  noteYellow: colouring('yellow'),
  noteGreen: colouring('green'),
  noteBlue: colouring('blue'),
  noteViolet: colouring('violet'),
  noteRed: colouring('red'),
  noteGrey: colouring('grey'),
  noteWider: sizing('wider', 'Ctrl+ArrowRight', [8, 0]),
  noteNarrower: sizing('narrower', 'Ctrl+ArrowLeft', [-8, 0]),
  noteTaller: sizing('taller', 'Ctrl+ArrowDown', [0, 8]),
  noteShorter: sizing('shorter', 'Ctrl+ArrowUp', [0, -8]),
} as const satisfies Readonly<Record<string, Command>>

function colouring(colour: NoteColour) {
  return {
    label: `Colour the note ${colour}`,
    group: 'Edit',
    icon: Palette,
    words: 'color tint frame',
    whyNot: whyNotNotes,
    run: ({ session }) => noteCommands.colour(session.selectedNoteIds, colour),
  } as const satisfies Command
}

function sizing(what: string, keys: string, by: Point) {
  return {
    label: `Make the note ${what}`,
    group: 'Arrange',
    keys: [keys],
    words: 'resize size grow shrink frame',
    whyNot: whyNotNotes,
    run: () => noteCommands.growSelected(by),
  } as const satisfies Command
}

function whyNotNotes({ session }: CommandContext): string | undefined {
  return session.selectedNoteIds.size === 0 ? 'Select a note first.' : undefined
}

function selectedNotes({ document, session }: CommandContext) {
  const notes = document.flow.layout?.notes ?? []
  return notes.filter(({ id }) => session.selectedNoteIds.has(id))
}
