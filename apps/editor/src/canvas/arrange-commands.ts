import type { Flow, Registry } from '@millrace/flow'
import { documentCommands } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { useCanvas } from './canvas-store.ts'
import { moveItems } from './move-items.ts'
import { selectedItemIds } from './note-commands.ts'
import { frameItemIds, itemBoxesOf, withContents } from './notes.ts'
import type { Box, Point } from './placement.ts'

/** What a rule that places the selection knows. */
export interface Selected {
  readonly flow: Flow
  readonly registry: Registry
  /** The boxes of what is selected, by the ids on the canvas. */
  readonly boxes: ReadonlyMap<string, Box>
}

/** What a designer can do with the places of what is selected; each is one step of the undo history. */
export const arrangeCommands = {
  /** Places what is selected by a rule; what lies in a frame moves with it. */
  place(label: string, placesFor: (selected: Selected) => ReadonlyMap<string, Point>): void {
    const ids = new Set(selectedItemIds())
    documentCommands.edit(label, (flow) => {
      const all = itemBoxesOf(flow, registry, useCanvas.getState().expanded)
      const boxes = new Map([...all].filter(([id]) => ids.has(id)))
      const places = placesFor({ flow, registry, boxes })
      return places.size === 0
        ? flow
        : moveItems(flow, withContents(places, all, frameItemIds(flow)))
    })
  },
}
