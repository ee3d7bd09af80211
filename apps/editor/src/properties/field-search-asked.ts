import { create } from 'zustand'

/** Counts the times that the fields of the shown node were to be searched. */
export const useFieldSearchAsked = create<{ readonly times: number }>()(() => ({ times: 0 }))

/** Opens the search of the fields, if the keyboard is in them; says whether it is. */
export function searchFields(): boolean {
  const isThere = Boolean(document.activeElement?.closest('[data-node-fields]'))
  if (isThere) useFieldSearchAsked.setState(({ times }) => ({ times: times + 1 }))
  return isThere
}
