import { noteColours } from '@millrace/flow'
import { NodeToolbar, useStore } from '@xyflow/react'
import { AlignStartVertical, ChevronDown } from 'lucide-react'
import { CommandButton } from '../../commands/command-button.tsx'
import { CommandItem } from '../../commands/command-menu.tsx'
import type { CommandId } from '../../commands/commands.ts'
import { useDocument } from '../../document/document-store.ts'
import { useSession, type SessionState } from '../../session/session-store.ts'
import { Menu } from '../../ui/menu.tsx'
import { useCanvas } from '../canvas-store.ts'
import { noteCommands } from '../note-commands.ts'
import { isFrame, noteColourOf, noteItemId } from '../notes.ts'
import styles from './selection-toolbar.module.css'

const selectNodeIds = (session: SessionState) => session.selectedNodeIds
const selectNoteIds = (session: SessionState) => session.selectedNoteIds

// The toolbar of a note would else stand where the note does: below the cards.
const overCards = { zIndex: 2000 }

/** What can be done with several selected items, or with one note, above them. */
export function SelectionToolbar() {
  const nodeIds = useSession(selectNodeIds)
  const noteIds = useSession(selectNoteIds)
  const isBusy = useCanvas(
    ({ dragged, resized, editingNoteId, wire }) =>
      dragged.size > 0 ||
      resized !== undefined ||
      editingNoteId !== undefined ||
      wire !== undefined,
  )
  const isSelecting = useStore((store) => store.userSelectionActive)
  const itemIds = [...nodeIds, ...[...noteIds].map(noteItemId)]
  const [noteId] = noteIds
  if (isBusy || isSelecting || itemIds.length === 0) return null
  if (itemIds.length === 1 && noteId === undefined) return null
  return (
    <NodeToolbar
      nodeId={itemIds}
      isVisible
      offset={14}
      align="start"
      style={overCards}
      role="toolbar"
      aria-label={itemIds.length === 1 ? 'Note' : `${itemIds.length} selected items`}
      className={`${styles.toolbar} nodrag nopan nowheel`}
    >
      {itemIds.length === 1 && noteId !== undefined ? (
        <NoteTools noteId={noteId} />
      ) : (
        <GroupTools hasNotes={noteIds.size > 0} />
      )}
    </NodeToolbar>
  )
}

function NoteTools({ noteId }: { readonly noteId: string }) {
  const note = useDocument(({ flow }) => flow.layout?.notes?.find(({ id }) => id === noteId))
  if (note === undefined) return null
  const colour = noteColourOf(note)
  return (
    <>
      {noteColours.map((one) => (
        <button
          key={one}
          type="button"
          className={styles.swatch}
          data-colour={one}
          aria-label={`Colour ${one}`}
          aria-pressed={one === colour}
          title={one}
          onClick={() => noteCommands.colour([noteId], one)}
        />
      ))}
      <span className={styles.line} />
      <CommandButton command="rename" size={15} tooltipSide="top" />
      {isFrame(note) && <CommandButton command="fitFrame" size={15} tooltipSide="top" />}
      <CommandButton command="remove" size={15} tooltipSide="top" />
    </>
  )
}

const alignments: readonly CommandId[] = [
  'alignLeft',
  'alignCentre',
  'alignRight',
  'alignTop',
  'alignMiddle',
  'alignBottom',
  'distributeAcross',
  'distributeDown',
  'straighten',
]

function GroupTools({ hasNotes }: { readonly hasNotes: boolean }) {
  return (
    <>
      <Menu
        align="start"
        trigger={
          <button type="button" className={styles.menu}>
            <AlignStartVertical size={15} aria-hidden />
            Align
            <ChevronDown size={13} aria-hidden />
          </button>
        }
      >
        {alignments.map((id) => (
          <CommandItem key={id} id={id} />
        ))}
      </Menu>
      <CommandButton command="arrange" size={15} tooltipSide="top" />
      <CommandButton command="frame" size={15} tooltipSide="top" />
      <span className={styles.line} />
      <CommandButton command="duplicate" size={15} tooltipSide="top" />
      {!hasNotes && <CommandButton command="disable" size={15} tooltipSide="top" />}
      <CommandButton command="remove" size={15} tooltipSide="top" />
    </>
  )
}
