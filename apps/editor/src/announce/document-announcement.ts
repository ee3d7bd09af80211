import type { DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { editAnnouncement } from './edit-announcement.ts'

/** What a screen reader is told when the document has changed; nothing when another one was opened. */
export function documentAnnouncement(
  before: DocumentState,
  after: DocumentState,
): string | undefined {
  if (after.flow === before.flow || after.opening !== before.opening) return undefined
  const [undone] = before.history.past
  const [redone] = before.history.future
  if (undone !== undefined && after.history.future.length > before.history.future.length) {
    return `Undone: ${undone.label}.`
  }
  if (redone !== undefined && after.flow === redone.flow) return `Redone: ${redone.label}.`
  return editAnnouncement(before.flow, after.flow, registry)
}
