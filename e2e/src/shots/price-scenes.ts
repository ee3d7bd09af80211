import type { Page } from '@playwright/test'
import type { FakeAnswer } from './fake-api.ts'
import { samplePrices } from './sample-prices.ts'
import { sampleRun } from './sample-run.ts'
import type { Scene } from './scenes.ts'

const own = {
  ...samplePrices,
  currency: 'EUR',
  models: [
    ...samplePrices.models,
    {
      model: 'a-provider-of-ours/mistral-large-instruct-with-a-rather-long-name-*',
      inputPerMillion: 1234.5678,
      outputPerMillion: 0,
    },
  ],
  shippedAsOf: null,
}

interface PriceScene extends Partial<Scene> {
  readonly get?: FakeAnswer | 'never'
  readonly put?: FakeAnswer
}

/** The dialog of prices, open over the connections. */
function priceScene(name: string, { get, put, act, ...scene }: PriceScene = {}): Scene {
  return {
    path: '/connections',
    ...scene,
    name,
    server: {
      answer: (method, path) =>
        path !== '/prices'
          ? undefined
          : method === 'GET'
            ? get
            : method === 'PUT'
              ? put
              : undefined,
    },
    async act(page, server) {
      await page.getByRole('button', { name: 'Model prices' }).click()
      await act?.(page, server)
    },
  }
}

const addModel = (page: Page) => page.getByRole('button', { name: 'Add a model' }).click()

export const priceScenes: readonly Scene[] = [
  priceScene('prices'),
  priceScene('prices-own', { get: { status: 200, body: own, revision: '3' } }),
  priceScene('prices-wrong', {
    async act(page) {
      await page.getByRole('textbox', { name: 'Model of gpt-4o', exact: true }).fill('gpt*4o')
      await page.getByRole('spinbutton', { name: 'Input price of demo' }).fill('cheap')
      await page.getByRole('textbox', { name: 'Currency' }).fill('dollar')
      await addModel(page)
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Name the model').waitFor()
    },
  }),
  priceScene('prices-none', {
    get: { status: 200, body: { ...own, models: [] }, revision: '4' },
  }),
  priceScene('prices-loading', { get: 'never' }),
  priceScene('prices-failed', {
    isNoisy: true,
    get: { status: 500, body: { error: { code: 'internal', message: 'The disk is full.' } } },
  }),
  priceScene('prices-conflict', {
    isNoisy: true,
    put: {
      status: 409,
      body: {
        error: {
          code: 'conflict',
          message:
            'The prices were changed elsewhere: they are at revision 3, your change is based on 0. Read them again.',
        },
      },
    },
    async act(page) {
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('button', { name: 'Read them again' }).waitFor()
    },
  }),
  priceScene('prices-reset', {
    get: { status: 200, body: own, revision: '3' },
    act: (page) => page.getByRole('button', { name: 'Reset to shipped' }).click(),
  }),
  {
    name: 'prices-missing',
    path: '/flows/example-chat?run',
    server: {
      events: sampleRun('completed'),
      answer: (_, path) =>
        path === '/prices'
          ? { status: 200, body: { ...own, models: [] }, revision: '4' }
          : undefined,
    },
    async act(page) {
      await page.getByRole('button', { name: /^Timing and usage/ }).click()
      await page.getByRole('button', { name: /^Add a price/ }).waitFor()
    },
  },
  {
    name: 'prices-for-missing',
    path: '/flows/example-chat?run',
    server: { events: sampleRun('completed'), answer: onlyGpt4o },
    async act(page) {
      await page.getByRole('button', { name: /^Timing and usage/ }).click()
      await page.getByRole('button', { name: /^Add a price/ }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
]

function onlyGpt4o(_method: string, path: string): FakeAnswer | undefined {
  if (path !== '/prices') return undefined
  const models = samplePrices.models.filter(({ model }) => model === 'gpt-4o')
  return { status: 200, body: { ...own, models }, revision: '4' }
}
