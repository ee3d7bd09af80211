import { addUsage, type Usage } from './run-event.ts'

/** What one model used; its name in the provider's words, null when it was not told. */
export interface ModelUsage {
  readonly model: string | null
  readonly usage: Usage
}

/** What a million tokens of a model cost, in the currency of its table. */
export interface ModelPrice {
  /** Its name, or how names begin: `llama-*`. */
  readonly model: string
  readonly inputPerMillion: number
  readonly outputPerMillion: number
}

/** What models cost, as an operator says. */
export interface PriceTable {
  /** As ISO 4217 writes it: `USD`. */
  readonly currency: string
  readonly models: readonly ModelPrice[]
}

/** What some usage cost by a table of list prices; discounts of a vendor are not in it. */
export interface Cost {
  readonly amount: number
  readonly currency: string
  /** The models that have no price, so that they are not in the amount; null for one without name. */
  readonly unknownModels: readonly (string | null)[]
}

/** A call to the outside, as far as its usage is told. */
interface Call {
  readonly kind: string
  readonly model?: string | undefined
  readonly usage?: Usage | null | undefined
}

/** The usage of calls by model, in the order in which models were first asked. */
export function usageByModel(calls: readonly Call[]): readonly ModelUsage[] {
  const byModel = new Map<string | null, Usage>()
  for (const { kind, model = null, usage } of calls) {
    if (kind !== 'model' || !usage) continue
    byModel.set(model, addUsage(byModel.get(model) ?? null, usage) ?? usage)
  }
  return [...byModel].map(([model, usage]) => ({ model, usage }))
}

/** What models used, in money. */
export function costOf(
  models: readonly ModelUsage[],
  { currency, models: prices }: PriceTable,
): Cost {
  let amount = 0
  const unknownModels = new Set<string | null>()
  for (const { model, usage } of models) {
    const price = priceOf(model, prices)
    if (price === undefined) unknownModels.add(model)
    else {
      const { inputPerMillion, outputPerMillion } = price
      const perMillion = usage.inputTokens * inputPerMillion + usage.outputTokens * outputPerMillion
      amount += perMillion / 1_000_000
    }
  }
  return { amount, currency, unknownModels: [...unknownModels] }
}

/**
 * The price of a model: of its very name, else of the name without the date of its version, else of
 * the longest beginning that fits. Providers answer with dated names: `gpt-4o-2024-08-06`.
 */
export function priceOf(
  model: string | null,
  prices: readonly ModelPrice[],
): ModelPrice | undefined {
  const name = (model ?? '').toLowerCase()
  const named = (wanted: string) => prices.find((price) => price.model.toLowerCase() === wanted)
  return named(name) ?? named(withoutDate(name)) ?? longestPattern(name, prices)
}

/** The name of a model without the date of its version, if it has one: `gpt-4o` of `gpt-4o-2024-08-06`. */
export function withoutDate(model: string): string {
  return model.replace(/-\d{4}-?\d{2}-?\d{2}$/, '')
}

function longestPattern(name: string, prices: readonly ModelPrice[]): ModelPrice | undefined {
  return prices
    .filter(({ model }) => model.endsWith('*') && name.startsWith(model.slice(0, -1).toLowerCase()))
    .toSorted((left, right) => right.model.length - left.model.length)[0]
}
