import { describe, expect, it } from 'vitest'
import { costOf, priceOf, usageByModel, type ModelPrice } from './cost.ts'

function usage(inputTokens: number, outputTokens: number) {
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens }
}

function price(model: string, inputPerMillion = 1, outputPerMillion = 1): ModelPrice {
  return { model, inputPerMillion, outputPerMillion }
}

describe('what a run cost', () => {
  const prices = {
    currency: 'USD',
    models: [price('wheel', 2, 8), price('embedder', 0.5, 0), price('local-*', 0, 0)],
  }

  it('is what each model took in and gave out, at its own price', () => {
    const models = [
      { model: 'wheel', usage: usage(1_000_000, 250_000) },
      { model: 'embedder', usage: usage(2_000_000, 0) },
    ]
    expect(costOf(models, prices)).toEqual({ amount: 5, currency: 'USD', unknownModels: [] })
  })

  it('names each model without a price once, and leaves it out of the amount', () => {
    const models = [
      { model: 'mill', usage: usage(10, 10) },
      { model: 'wheel', usage: usage(1_000_000, 0) },
      { model: null, usage: usage(1, 1) },
      { model: 'mill', usage: usage(10, 10) },
    ]
    expect(costOf(models, prices)).toEqual({
      amount: 2,
      currency: 'USD',
      unknownModels: ['mill', null],
    })
  })

  it('is nothing for a model that costs nothing, and for a run that asked none', () => {
    const free = { amount: 0, currency: 'USD', unknownModels: [] }
    expect(costOf([{ model: 'local-7b', usage: usage(9, 9) }], prices)).toEqual(free)
    expect(costOf([], prices)).toEqual(free)
  })
})

describe('the price of a model', () => {
  it.each([
    { model: 'wheel', prices: ['whe*', 'wheel'], found: 'wheel' },
    { model: 'Wheel', prices: ['wheel'], found: 'wheel' },
    { model: 'wheel-2024-08-06', prices: ['whe*', 'wheel'], found: 'wheel' },
    { model: 'wheel-20240806', prices: ['wheel'], found: 'wheel' },
    { model: 'wheel-2024-08-06', prices: ['wheel', 'wheel-2024-08-06'], found: 'wheel-2024-08-06' },
    { model: 'wheel-mini', prices: ['wheel'], found: undefined },
    { model: 'wheel-mini', prices: ['*', 'wheel*', 'wheel-mini*', 'wh*'], found: 'wheel-mini*' },
    { model: null, prices: ['wheel'], found: undefined },
    { model: null, prices: ['*'], found: '*' },
  ])('of $model among $prices is that of $found', ({ model, prices, found }) => {
    expect(
      priceOf(
        model,
        prices.map((name) => price(name)),
      )?.model,
    ).toBe(found)
  })
})

it('sums up the usage of calls by model; retries count, calls without usage do not', () => {
  const calls = [
    { kind: 'model', model: 'wheel', usage: usage(1, 2) },
    { kind: 'query' },
    { kind: 'model', model: 'mill', usage: usage(5, 0) },
    { kind: 'model', model: 'wheel', usage: usage(10, 20) },
    { kind: 'model', model: 'wheel', usage: null },
    { kind: 'model', usage: usage(7, 7) },
  ]
  expect(usageByModel(calls)).toEqual([
    { model: 'wheel', usage: usage(11, 22) },
    { model: 'mill', usage: usage(5, 0) },
    { model: null, usage: usage(7, 7) },
  ])
})
