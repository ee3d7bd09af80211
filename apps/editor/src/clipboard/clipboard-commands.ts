import { addNote, maxTextLength } from '@millrace/flow'
import { currentViewport } from '../canvas/current-viewport.ts'
import { itemBoxesOf, noteIdOf, noteSize } from '../canvas/notes.ts'
import { freePlace, type Point } from '../canvas/placement.ts'
import { useConnections } from '../connections/connection-store.ts'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { canBeRead, loadExpressions } from '../expressions/expressions-on-demand.ts'
import { attempt } from '../flows/flow-actions.ts'
import { pinCommands } from '../pins/pin-store.ts'
import { registry } from '../registry.ts'
import { sessionCommands, useSession } from '../session/session-store.ts'
import { counted } from '../ui/counted.ts'
import { toast } from '../ui/toast.ts'
import { copyPart, writePart, type CopiedPart } from './copied-part.ts'
import { asksBeforehand, pasteFacts } from './paste-facts.ts'
import { pastePart, type Pasted, type PasteOptions } from './paste-part.ts'
import { pastePlace } from './paste-place.ts'

/** Fetches what reads the clipboard. */
export const loadClipboard = () => import('./read-clipboard.ts')

/** Something that is to be pasted, and how. */
export interface Pasting {
  readonly part: CopiedPart
  /** Where its corner goes; beside what was copied, or in the middle of the view, when not given. */
  readonly at: Point | undefined
  readonly edges: PasteOptions['edges']
}

/** Copying and pasting on the canvas; each paste is one step of the undo history. */
export const clipboardCommands = {
  /** What is selected as text for the clipboard; `undefined` when nothing is. */
  copied(): string | undefined {
    const part = selectedPart()
    return part && writePart(part)
  },

  duplicate(): void {
    const part = selectedPart()
    if (part !== undefined) insert('Duplicate', part, { place: besideCopied(part), edges: 'inner' })
  },

  /** Leaves items where they are and puts copies of them so much further. */
  duplicateBy(itemIds: readonly string[], [dx, dy]: Point): void {
    const nodeIds = new Set(itemIds.filter((id) => noteIdOf(id) === undefined))
    const noteIds = new Set(itemIds.flatMap((id) => noteIdOf(id) ?? []))
    const part = copyPart(useDocument.getState().flow, registry, { nodeIds, noteIds })
    insert('Duplicate', part, { place: ([x, y]) => [x + dx, y + dy], edges: 'inner' })
  },

  /** Pastes a text: nodes at once, a whole flow after a summary, anything else as a note. */
  paste(text: string, how: Partial<Omit<Pasting, 'part'>> = {}): void {
    void attempt(async () => {
      if (!canBeRead(text)) await loadExpressions()
      const { readClipboard } = await loadClipboard()
      const { at, edges = 'inner' } = how
      const content = readClipboard(text)
      switch (content.status) {
        case 'refused':
          toast.warning(content.reason)
          return
        case 'text':
          pasteNote(text, at)
          return
        case 'part':
          pasteOrAsk({ part: content.part, at, edges })
      }
    })
  },

  /** Puts it into the flow, and says which flow variables came along. */
  insert({ part, at, edges }: Pasting): void {
    insert('Paste', part, { place: at === undefined ? besideCopied(part) : () => at, edges })
  },
}

function pasteOrAsk(pasting: Pasting): void {
  const { status, connections } = useConnections.getState()
  const facts = pasteFacts(pasting.part, useDocument.getState().flow, {
    registry,
    connections: status === 'ready' ? connections : undefined,
    flowIds: undefined,
  })
  if (asksBeforehand(pasting.part, facts)) sessionCommands.open({ kind: 'paste', pasting })
  else clipboardCommands.insert(pasting)
}

function selectedPart(): CopiedPart | undefined {
  const { selectedNodeIds: nodeIds, selectedNoteIds: noteIds } = useSession.getState()
  if (nodeIds.size + noteIds.size === 0) return undefined
  return copyPart(useDocument.getState().flow, registry, { nodeIds, noteIds })
}

function insert(label: string, part: CopiedPart, options: PasteOptions): void {
  const { flow } = useDocument.getState()
  const pasted = pastePart(flow, registry, part, options)
  documentCommands.edit(label, () => pasted.flow)
  if (part.flow.id === flow.id) copyPins(flow.id, pasted)
  sessionCommands.select(pasted.nodeIds, [], pasted.noteIds)
  const { length } = pasted.variables
  if (length === 0) return
  const names = pasted.variables.map((name) => `“${name}”`).join(', ')
  toast.info(`${counted(length, 'flow variable')} came along: ${names}.`)
}

/** A copy in the same flow gives what the node gives that it is of. */
function copyPins(flowId: string, { copiedIds }: Pasted): void {
  const pins = pinCommands.of(flowId)
  const copied = [...copiedIds].flatMap(([pastedId, copiedId]) => {
    const pin = pins[copiedId]
    return pin === undefined ? [] : [[pastedId, pin] as const]
  })
  if (copied.length > 0) pinCommands.pin(flowId, Object.fromEntries(copied))
}

function besideCopied(part: CopiedPart): PasteOptions['place'] {
  return pastePlace(part, useDocument.getState().flow, currentViewport())
}

function pasteNote(text: string, at: Point | undefined): void {
  if (text.trim() === '') return
  if (text.length > maxTextLength) {
    toast.warning('The text on the clipboard is too long for a note.')
    return
  }
  const { flow } = useDocument.getState()
  const corner = at ?? currentViewport()?.centre() ?? [0, 0]
  const position = freePlace(itemBoxesOf(flow, registry).values(), corner, noteSize)
  let noteId = ''
  documentCommands.edit('Paste note', (current) => {
    const added = addNote(current, {
      text: text.trim(),
      position,
      size: [noteSize.width, noteSize.height],
    })
    noteId = added.noteId
    return added.flow
  })
  sessionCommands.select([], [], [noteId])
}
