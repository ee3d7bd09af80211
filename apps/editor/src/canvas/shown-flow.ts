import type { Flow } from '@millrace/flow'
import { createContext, useContext } from 'react'
import { useDocument } from '../document/document-store.ts'

/** The document that a canvas shows in the place of the open one, as what a run ran. */
export const ShownFlow = createContext<Flow | undefined>(undefined)

/** Reads the document that is on the canvas here: the open one, or what is shown in its place. */
export function useShownFlow<T>(selector: (flow: Flow) => T): T {
  const shown = useContext(ShownFlow)
  return useDocument(({ flow }) => selector(shown ?? flow))
}
