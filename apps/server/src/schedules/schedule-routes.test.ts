import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const daily = {
  format: 'millrace/flow',
  version: 1,
  id: 'daily',
  name: 'Daily',
  nodes: [
    {
      id: 'trigger',
      type: 'schedule.trigger',
      properties: { schedule: { cron: '0 9 * * *', timeZone: 'Europe/Berlin' } },
    },
  ],
  edges: [],
}
const password = 'twelve chars at least'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.call('POST', '/api/flows', { body: daily })
  await server.call('POST', '/api/flows', { body: { ...daily, id: 'other', nodes: [] } })
})
afterAll(() => server.close())

it('tells when the clock starts a flow next: what is saved, where nobody needs a password', async () => {
  const { json } = await server.call('GET', '/api/flows/daily/schedule')
  expect(json).toEqual({
    scheduled: {
      environment: 'development',
      cron: '0 9 * * *',
      timeZone: 'Europe/Berlin',
      nextAt: expect.stringMatching(/T0[78]:00:00\.000Z$/),
    },
    last: null,
  })
})

it('tells that the clock does not start a flow, or that there is none', async () => {
  const { json } = await server.call('GET', '/api/flows/other/schedule')
  expect(json).toEqual({ scheduled: null, last: null })
  expect((await server.call('GET', '/api/flows/nothing/schedule')).status).toBe(404)
})

it('stands in the list of flows, where it is the same', async () => {
  const { json } = await server.call('GET', '/api/flows')
  const starts = json.flows.map(({ id, startsNextAt }: Record<string, unknown>) => [
    id,
    startsNextAt,
  ])
  expect(Object.fromEntries(starts)).toEqual({
    daily: (await server.call('GET', '/api/flows/daily/schedule')).json.scheduled.nextAt,
    'example-rag-chat': null,
    other: null,
  })
})

it('starts what is published alone, where the operator has a password', async () => {
  await server.restart({ MILLRACE_OPERATOR_PASSWORD: password })
  const signedIn = await server.call('POST', '/api/session', { body: { password } })
  const headers = { cookie: signedIn.headers.get('set-cookie')?.split(';')[0] ?? '' }
  const draft = await server.call('GET', '/api/flows/daily/schedule', { headers })
  expect(draft.json).toMatchObject({ scheduled: null })
  await server.call('POST', '/api/flows/daily/publish', {
    headers,
    body: { environment: 'production' },
  })
  const published = await server.call('GET', '/api/flows/daily/schedule', { headers })
  expect(published.json).toMatchObject({ scheduled: { environment: 'production' } })
})
