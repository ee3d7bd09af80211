import { costOf, type Cost, type ModelUsage } from '@millrace/flow'
import { useEffect } from 'react'
import { usePrices, priceCommands, type PricesState } from './price-store.ts'

/**
 * What models used, in money; `undefined` where nothing was used, or while prices are not known.
 * For the usage of calls, `usageByModel` sums it up.
 */
export function useCost(models: readonly ModelUsage[]): Cost | undefined {
  const prices = usePrices(selectPrices)
  const isUsed = models.length > 0
  useEffect(() => {
    if (isUsed) void priceCommands.need()
  }, [isUsed])
  return prices === undefined || !isUsed ? undefined : costOf(models, prices)
}

const selectPrices = ({ prices }: PricesState) => prices
