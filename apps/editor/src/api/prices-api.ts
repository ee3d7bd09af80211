import { isRecord, type ModelPrice, type PriceTable } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { request, type Answer, type RequestOptions } from './request.ts'

/** The prices of the server. */
export interface StoredPrices extends PriceTable {
  /** The day of the prices that came with the server; `undefined` where an operator's own are in force. */
  readonly shippedAsOf: string | undefined
  readonly revision: string | undefined
}

export const readPrices = () => ask({})

/** Puts a table in force over the revision that it was made from. */
export const savePrices = (table: PriceTable, revision: string | undefined) =>
  ask({ method: 'PUT', body: table, ifMatch: revision })

/** Puts the shipped prices in force again. */
export const resetPrices = (revision: string | undefined) =>
  ask({ method: 'DELETE', ifMatch: revision })

async function ask(options: RequestOptions): Promise<StoredPrices> {
  return pricesOf(await request('/prices', options))
}

function pricesOf({ body, revision }: Answer): StoredPrices {
  if (!isRecord(body) || typeof body['currency'] !== 'string' || !Array.isArray(body['models'])) {
    throw unreadable('prices')
  }
  const { currency, models, shippedAsOf } = body
  return {
    currency,
    models: models as readonly ModelPrice[], // the server's own shape, which its tests hold
    shippedAsOf: typeof shippedAsOf === 'string' ? shippedAsOf : undefined,
    revision,
  }
}
