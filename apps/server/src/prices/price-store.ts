import type { PriceTable } from '@millrace/flow'

/** The prices as an operator left them. */
export interface StoredPrices {
  /** 0 before the first change, and one more with each. */
  readonly revision: number
  /** `undefined` where the shipped prices are in force: also where the operator's cannot be read. */
  readonly table: PriceTable | undefined
}

/** Where the operator's prices are kept. A promise that resolves means that the change is durable. */
export interface PriceStore {
  read(): Promise<StoredPrices>
  /**
   * Puts a table in force, or with `undefined` the shipped one. Throws `conflict` with
   * `currentRevision` when `basedOn` is not the current one.
   */
  save(change: {
    readonly table: PriceTable | undefined
    readonly basedOn: number
  }): Promise<StoredPrices>
}
