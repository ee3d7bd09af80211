/** What models cost on the server of the pictures, until an operator has other prices. */
export const samplePrices = {
  currency: 'USD',
  models: [
    { model: 'demo', inputPerMillion: 0, outputPerMillion: 0 },
    { model: 'gpt-4o', inputPerMillion: 2.5, outputPerMillion: 10 },
    { model: 'gpt-4o-mini', inputPerMillion: 0.15, outputPerMillion: 0.6 },
    { model: 'gpt-5-mini', inputPerMillion: 0.25, outputPerMillion: 2 },
    { model: 'text-embedding-3-small', inputPerMillion: 0.02, outputPerMillion: 0 },
  ],
  shippedAsOf: '2025-09-01',
}
