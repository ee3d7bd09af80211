import type { Problem } from '@millrace/flow'
import { createContext } from 'react'

/** What the parts of a field are told: what is wrong inside its value, and the cell that is looked for. */
export interface FieldProblems {
  /** Under which its edits undo together; `undefined` outside of a field. */
  readonly key: string | undefined
  readonly problems: readonly Problem[]
  /** Where the designer was led: a new object each time. */
  readonly wanted: { readonly part: readonly (string | number)[] } | undefined
}

/** The problems of the field around, for what is deep inside of it. */
export const FieldProblemsContext = createContext<FieldProblems>({
  key: undefined,
  problems: [],
  wanted: undefined,
})

/** The row of a grid that a place in its value is in; `undefined` for the value as a whole. */
export function rowOf(part: readonly (string | number)[] | undefined): number | undefined {
  return part?.find((step) => typeof step === 'number')
}
