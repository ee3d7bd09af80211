/**
 * A program of control nodes, as tests make them up: finished, so that whoever reads it needs no
 * scopes. Each statement is one node, which has the statement's id.
 */
export type Statement = {
  readonly id: string
  readonly isDisabled: boolean
} & (
  | { readonly kind: 'yield'; readonly value: Value }
  /** Adds one to the variable of the flow. */
  | { readonly kind: 'count' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'if'; readonly test: Test; readonly yes: Program; readonly no: Program }
  | {
      readonly kind: 'ifElse'
      readonly cases: readonly { readonly test: Test; readonly body: Program }[]
      readonly otherwise: Program
    }
  | { readonly kind: 'forEach'; readonly items: readonly number[]; readonly body: Program }
  | {
      readonly kind: 'while'
      readonly test: Test
      readonly most: number
      readonly body: Program
    }
  | {
      readonly kind: 'stream'
      readonly messages: readonly string[]
      /** Whether it is cut after its last message. */
      readonly isCut: boolean
      readonly body: Program
    }
  | {
      readonly kind: 'try'
      readonly body: Program
      /** Absent when nothing is connected there. */
      readonly caught: Program | undefined
      readonly last: Program
    }
  | { readonly kind: 'throw'; readonly value: Value }
  /** Throws what the *Try* of this id caught. */
  | { readonly kind: 'throwAgain'; readonly of: string }
  | { readonly kind: 'return'; readonly value: Value }
  | { readonly kind: 'yieldBreak' | 'break' | 'continue' }
)

export type Program = readonly Statement[]

/** A number, or what a reference such as `item_3` or `message_4.index` leads to. */
export type Value = number | { readonly reference: string }

/** Whether a number is below another. */
export interface Test {
  readonly left: Value
  readonly below: number
}
