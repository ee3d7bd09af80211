import type { Flow } from '@millrace/flow'
import type { LucideIcon } from 'lucide-react'
import type { Point } from '../canvas/placement.ts'
import type { Viewport } from '../canvas/react-flow/viewport.ts'
import type { PortEnd } from '../canvas/wiring.ts'
import type { DocumentState } from '../document/document-store.ts'
import type { SessionState } from '../session/session-store.ts'

/** The subjects of commands, in the order of menus and the help sheet. */
export const commandGroups = ['Flow', 'Run', 'Draw', 'Edit', 'Arrange', 'View', 'Help'] as const

export type CommandGroup = (typeof commandGroups)[number]

/**
 * Where the keys of a command count: of a `canvas` one not in a field or dialog, and a plain key on
 * the canvas only; in a dialog Ctrl+Enter is the dialog's.
 */
export type CommandScope = 'canvas' | 'outsideDialogs' | 'everywhere'

/** A menu that a command stands in, by what it is opened on; `flow` is the one of the top bar. */
export type MenuKind = 'canvas' | 'node' | 'nodes' | 'edge' | 'port' | 'note' | 'flow'

/** Where a menu was opened, for the commands that depend on it. */
export interface CommandPlace {
  /** In canvas pixels. */
  readonly point?: Point
  readonly port?: PortEnd
}

/** What a command knows of the designer when it is shown or run. What it is about is selected. */
export interface CommandContext extends CommandPlace {
  readonly document: DocumentState
  readonly session: SessionState
  /** What a run ran, where that is on the canvas in the place of the document. */
  readonly ranFlow: Flow | undefined
  /** Whether the flow of that run is no longer there. */
  readonly isGone: boolean
  /** The view on the canvas; `undefined` while none is shown. */
  readonly viewport: Viewport | undefined
}

/** One thing that a designer can do. Keys, menus, buttons, palette and help sheet come from it. */
export interface Command {
  readonly label: string
  readonly group: CommandGroup
  /** `canvas` when not given. */
  readonly scope?: CommandScope
  /** As shown: `Ctrl+Shift+Z`; Ctrl is Command on a Mac. The first one is shown in menus. */
  readonly keys?: readonly string[]
  /** The browser hears the keys, by an event of its own; here they are only shown. */
  readonly hasNativeKeys?: boolean
  readonly icon?: LucideIcon
  /** The context menus it stands in, in the order of the table. */
  readonly menus?: readonly MenuKind[]
  /** Whether it has anything to do with what a menu was opened on; where not, it is left out. */
  readonly isFor?: (context: CommandContext) => boolean
  /** It is about the shown run, whatever became of the flow. */
  readonly isOfRun?: true
  /** It removes something: red, and at the end of its menu. */
  readonly isDangerous?: boolean
  /** Other words that somebody may search it by. */
  readonly words?: string
  /** The label when it depends on what it would do now: `Delete 3 nodes`. */
  readonly labelNow?: (context: CommandContext) => string
  /** Whether what it switches is on, for a toggle. */
  readonly isOn?: (context: CommandContext) => boolean
  /** Why it cannot be done now, as a sentence that says what to do first; `undefined` when it can. */
  readonly whyNot?: (context: CommandContext) => string | undefined
  readonly run: (context: CommandContext) => void
}

/** The subjects of what changes the document. */
export const editingGroups: readonly CommandGroup[] = ['Draw', 'Edit', 'Arrange']

/** The subjects of what needs a flow that is there. */
const flowGroups: readonly CommandGroup[] = ['Flow', 'Run', ...editingGroups]

/** Why a command cannot be done now, be it for what it says itself or for what is on the canvas. */
export function whyNotNow(command: Command, context: CommandContext): string | undefined {
  if (context.isGone && flowGroups.includes(command.group) && command.isOfRun !== true) {
    return 'This flow was deleted. Bring it back first.'
  }
  const isLookedAt = context.ranFlow !== undefined && editingGroups.includes(command.group)
  return isLookedAt
    ? 'What a run ran cannot be edited. Go back to the flow first.'
    : command.whyNot?.(context)
}
