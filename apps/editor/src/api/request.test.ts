import { afterEach, expect, it, vi } from 'vitest'
import { reportConnectivity, useConnectivity } from './connectivity.ts'
import { request } from './request.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  reportConnectivity(true)
})

function answerWith(response: () => Response) {
  const sent: { url: string; init: RequestInit }[] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    sent.push({ url, init })
    return Promise.resolve(response())
  })
  return sent
}

it('sends JSON with the revision it starts from and reads the new one', async () => {
  const sent = answerWith(() => Response.json({ ok: true }, { headers: { etag: 'W/"8"' } }))
  const answer = await request('/flows/a', { method: 'PUT', body: { id: 'a' }, ifMatch: '7' })
  expect(answer).toEqual({ body: { ok: true }, revision: '8' })
  expect(sent[0]).toMatchObject({
    url: '/api/flows/a',
    init: { method: 'PUT', body: '{"id":"a"}', headers: { 'if-match': '"7"' } },
  })
})

it('says offline when nothing answers, and remembers it', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  await expect(request('/flows')).rejects.toMatchObject({ code: 'offline' })
  expect(useConnectivity.getState().isOnline).toBe(false)
})

it('throws the typed error of a refused call and stays online', async () => {
  answerWith(() =>
    Response.json({ error: { code: 'not_found', message: 'No flow "a".' } }, { status: 404 }),
  )
  await expect(request('/flows/a')).rejects.toMatchObject({ code: 'not_found' })
  expect(useConnectivity.getState().isOnline).toBe(true)
})

it('answers nothing for 204', async () => {
  answerWith(() => new Response(null, { status: 204 }))
  expect(await request('/flows/a', { method: 'DELETE' })).toEqual({
    body: undefined,
    revision: undefined,
  })
})
