import { create } from 'zustand'
import { keepText, readKeptText } from '../session/kept.ts'

/** When the bindings of nodes are drawn: of the selected and the hovered node, of all, or never. */
export type DataLines = 'selected' | 'always' | 'never'

/** The choices as the menu names them. */
export const dataLineChoices = [
  { value: 'selected', label: 'Of the selected node' },
  { value: 'always', label: 'Always' },
  { value: 'never', label: 'Never' },
] as const satisfies readonly { readonly value: DataLines; readonly label: string }[]

const key = 'millrace.dataLines'

/** What was chosen, in this browser. */
export const useDataLines = create<{ readonly choice: DataLines }>()(() => ({
  choice: readChoice(),
}))

/** Chooses when bindings are drawn, for this browser and from now on. */
export function chooseDataLines(choice: DataLines): void {
  keepText(key, choice)
  useDataLines.setState({ choice })
}

/** The next of the choices, for a command that goes through them. */
export function nextDataLines(): void {
  const index = dataLineChoices.findIndex(({ value }) => value === useDataLines.getState().choice)
  const next = dataLineChoices[(index + 1) % dataLineChoices.length]
  if (next !== undefined) chooseDataLines(next.value)
}

function readChoice(): DataLines {
  const stored = readKeptText(key)
  return dataLineChoices.find(({ value }) => value === stored)?.value ?? 'selected'
}
