import type { PriceTable } from '@millrace/flow'
import { create } from 'zustand'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { readPrices, resetPrices, savePrices, type StoredPrices } from '../api/prices-api.ts'

/** What models cost, as this window knows it. */
export interface PricesState {
  /** `undefined` until they were read. */
  readonly prices: StoredPrices | undefined
  /** Why they could not be read. */
  readonly error: ApiError | undefined
}

/** The store of prices, read through selectors. */
export const usePrices = create<PricesState>()(() => ({ prices: undefined, error: undefined }))

const { setState, getState } = usePrices

/** Tells the other windows of this browser that prices changed. */
const windows = new BroadcastChannel('millrace.prices')
windows.addEventListener('message', () => void priceCommands.load())

let loading: Promise<void> | undefined

/** Reads and changes the server's prices. */
export const priceCommands = {
  /** Reads them anew. A failure is in the store, not thrown; prices that are known stay. */
  async load(): Promise<void> {
    try {
      setState({ prices: await readPrices(), error: undefined })
    } catch (thrown) {
      setState({ error: toApiError(thrown) })
    }
  },
  /** Reads them unless they are known, or being read. */
  async need(): Promise<void> {
    if (getState().prices !== undefined) return
    loading ??= priceCommands.load().finally(() => (loading = undefined))
    await loading
  },
  /** Throws an `ApiError`, for the dialog to show. */
  async save(table: PriceTable, revision: string | undefined): Promise<void> {
    change(await savePrices(table, revision))
  },
  async reset(revision: string | undefined): Promise<void> {
    change(await resetPrices(revision))
  },
}

function change(prices: StoredPrices): void {
  setState({ prices, error: undefined })
  windows.postMessage('changed')
}
