import type { Flow } from '@millrace/flow'
import { declaredInputOf, type DeclaredInput } from '../document/trigger-of.ts'
import { readInput, type ReadInput } from './read-input.ts'

/** What the designer would run a flow with now. */
export interface TestInput extends ReadInput {
  /** What the flow says of it; `undefined` for a flow that takes no input. */
  readonly declared: DeclaredInput | undefined
  readonly text: string
  /** Whether it differs from the default data. */
  readonly isChanged: boolean
}

/** The input that was last edited for a flow, if it was, or else the trigger's default data. */
export function testInputOf(flow: Flow, edited: string | undefined): TestInput {
  const declared = declaredInputOf(flow)
  if (declared === undefined) {
    return { declared, text: '{}', isChanged: false, value: {}, problems: [] }
  }
  const { defaultData, fields } = declared
  const byDefault = defaultData === undefined ? '{}' : JSON.stringify(defaultData, null, 2)
  const text = edited ?? byDefault
  const isChanged = text !== byDefault
  return { declared, text, isChanged, ...readInput(text, fields) }
}
