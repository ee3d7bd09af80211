import { addNode, emptyFlow } from '@millrace/flow'
import { beforeEach, expect, it } from 'vitest'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { documentAnnouncement } from './document-announcement.ts'

beforeEach(() => documentCommands.open(emptyFlow('test', 'Test'), '1'))

function saidOf(act: () => void): string | undefined {
  const before = useDocument.getState()
  act()
  return documentAnnouncement(before, useDocument.getState())
}

function addTrigger(): void {
  documentCommands.edit(
    'Add Trigger',
    (flow) => addNode(flow, registry, { type: 'chat.unknown', position: [0, 0] }).flow,
  )
}

it('tells of an edit, and of going back and forth by its label', () => {
  expect(saidOf(addTrigger)).toBe('"chat.unknown" added.')
  expect(saidOf(documentCommands.undo)).toBe('Undone: Add Trigger.')
  expect(saidOf(documentCommands.redo)).toBe('Redone: Add Trigger.')
})

it('is silent when a document is opened or saved', () => {
  expect(saidOf(() => documentCommands.open(emptyFlow('other', 'Other'), '1'))).toBeUndefined()
  expect(saidOf(() => documentCommands.markSaved(useDocument.getState().flow, '2'))).toBeUndefined()
})
