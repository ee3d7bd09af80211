import { costOf } from '@millrace/flow'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { shippedAsOf, shippedPrices } from './shipped-prices.ts'

const wheel = { model: 'wheel-*', inputPerMillion: 0.25, outputPerMillion: 1.5 }
const table = { currency: 'EUR', models: [wheel] }

describe('the prices of a server', () => {
  let server: TestServer
  beforeEach(async () => {
    server = await startTestServer()
  })
  afterEach(() => server.close())

  const put = (body: unknown, tag = '"0"') =>
    server.call('PUT', '/api/prices', { body, headers: { 'if-match': tag } })

  it('are those that came with it, with their day, until an operator has others', async () => {
    const fresh = await server.call('GET', '/api/prices')
    expect(fresh.json).toEqual({ ...shippedPrices, shippedAsOf })
    expect(fresh.headers.get('etag')).toBe('"0"')

    const saved = await put(table)
    expect(saved.json).toEqual({ ...table, shippedAsOf: null })
    await server.restart()
    const read = await server.call('GET', '/api/prices')
    expect(read.json).toEqual(saved.json)
    expect(read.headers.get('etag')).toBe('"1"')
  })

  it('can be those that came with it again', async () => {
    await put(table)
    const reset = await server.call('DELETE', '/api/prices', { headers: { 'if-match': '"1"' } })
    expect(reset.json).toEqual({ ...shippedPrices, shippedAsOf })
    expect(reset.headers.get('etag')).toBe('"2"')
  })

  it('are not replaced by who has not seen the latest', async () => {
    await put(table)
    expect((await put({ ...table, models: [] })).status).toBe(409)
    expect((await server.call('PUT', '/api/prices', { body: table })).status).toBe(428)
    expect((await server.call('DELETE', '/api/prices')).status).toBe(428)
  })

  it.each([
    ['a currency that is none', { ...table, currency: 'euro' }, 'body.currency'],
    [
      'a price below nothing',
      { ...table, models: [{ ...wheel, inputPerMillion: -1 }] },
      'body.models.0.inputPerMillion',
    ],
    [
      'a * in the middle',
      { ...table, models: [{ ...wheel, model: 'a*b' }] },
      'body.models.0.model',
    ],
    [
      'a model without a name',
      { ...table, models: [{ ...wheel, model: ' ' }] },
      'body.models.0.model',
    ],
    [
      'a model twice',
      { ...table, models: [wheel, { ...wheel, model: 'WHEEL-*' }] },
      'body.models.1.model',
    ],
    ['what it does not know', { ...table, discount: 1 }, 'body'],
  ])('are never with %s', async (_what, body, path) => {
    const refused = await put(body)
    expect(refused.status).toBe(400)
    expect(refused.json.error).toMatchObject({ code: 'bad_request', path })
  })
})

it('ships prices in which the demo model and embedder cost nothing', () => {
  const usage = { inputTokens: 1000, outputTokens: 1000, totalTokens: 2000 }
  const models = ['demo', 'demo-embedder'].map((model) => ({ model, usage }))
  expect(costOf(models, shippedPrices)).toEqual({ amount: 0, currency: 'USD', unknownModels: [] })
})
