import type { Cost } from '@millrace/flow'

/** An amount in its currency: two decimals, or for small change two figures that say something. */
export function moneyText(amount: number, currency: string): string {
  const isSmall = amount > 0 && amount < 0.1
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    ...(isSmall ? { maximumSignificantDigits: 2 } : {}),
  }).format(amount)
}

/** A cost in a few words; what is known of it, where a model has no price. */
export function costText({ amount, currency, unknownModels }: Cost): string {
  if (unknownModels.length === 0) return moneyText(amount, currency)
  return amount === 0 ? 'No price' : `${moneyText(amount, currency)} + no price`
}

/** Which models have no price, in a sentence; empty when all have one. */
export function unknownText({ unknownModels }: Pick<Cost, 'unknownModels'>): string {
  if (unknownModels.length === 0) return ''
  const names = unknownModels.map((model) => model ?? 'a model that was not named')
  return `No price is known for ${new Intl.ListFormat('en').format(names)}.`
}
