import type { PriceTable } from '@millrace/flow'

/** When the shipped prices were looked up; what vendors charge since then is the operator's to check. */
export const shippedAsOf = '2025-09-01'

/** Public list prices of some well-known models. The demo model and embedder cost nothing. */
export const shippedPrices: PriceTable = {
  currency: 'USD',
  models: [
    { model: 'demo', inputPerMillion: 0, outputPerMillion: 0 },
    { model: 'demo-*', inputPerMillion: 0, outputPerMillion: 0 },
    { model: 'gpt-4.1', inputPerMillion: 2, outputPerMillion: 8 },
    { model: 'gpt-4.1-mini', inputPerMillion: 0.4, outputPerMillion: 1.6 },
    { model: 'gpt-4.1-nano', inputPerMillion: 0.1, outputPerMillion: 0.4 },
    { model: 'gpt-4o', inputPerMillion: 2.5, outputPerMillion: 10 },
    { model: 'gpt-4o-2024-05-13', inputPerMillion: 5, outputPerMillion: 15 },
    { model: 'gpt-4o-mini', inputPerMillion: 0.15, outputPerMillion: 0.6 },
    { model: 'gpt-5', inputPerMillion: 1.25, outputPerMillion: 10 },
    { model: 'gpt-5-mini', inputPerMillion: 0.25, outputPerMillion: 2 },
    { model: 'gpt-5-nano', inputPerMillion: 0.05, outputPerMillion: 0.4 },
    { model: 'o3', inputPerMillion: 2, outputPerMillion: 8 },
    { model: 'o4-mini', inputPerMillion: 1.1, outputPerMillion: 4.4 },
    { model: 'text-embedding-3-large', inputPerMillion: 0.13, outputPerMillion: 0 },
    { model: 'text-embedding-3-small', inputPerMillion: 0.02, outputPerMillion: 0 },
  ],
}
