import type { Flow } from '@millrace/flow'

/** One of the ways in which a wire can be taken, as one edit. */
export interface WireChoice {
  /** As the menu and the undo button say it. */
  readonly label: string
  /** What it changes besides, or adds; `undefined` for nothing. */
  readonly hint: string | undefined
  /** Whether it is explained before it is done, also when there is no other. */
  readonly asks: boolean
  readonly apply: (flow: Flow) => Flow
}
