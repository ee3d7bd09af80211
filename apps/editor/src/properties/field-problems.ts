import type { Problem } from '@millrace/flow'
import { createContext } from 'react'

/** What a field's dialog is told: what is wrong inside the value, and the cell that is looked for. */
export interface FieldProblems {
  readonly problems: readonly Problem[]
  /** Where the designer was led: a new object each time. */
  readonly wanted: { readonly part: readonly (string | number)[] } | undefined
}

/** The problems of the field around, for grids that are edited in a dialog. */
export const FieldProblemsContext = createContext<FieldProblems>({
  problems: [],
  wanted: undefined,
})

/** The row of a grid that a place in its value is in; `undefined` for the value as a whole. */
export function rowOf(part: readonly (string | number)[] | undefined): number | undefined {
  return part?.find((step) => typeof step === 'number')
}
