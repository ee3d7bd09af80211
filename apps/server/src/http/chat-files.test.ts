import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  for (const id of ['closed', 'open']) {
    await server.call('POST', '/api/flows', { body: echoFlow(id) })
  }
  const settings = {
    mode: 'anonymous',
    origins: ['https://shop.test', 'http://localhost:3000'],
    limits: { perMinute: 1, perSession: 1, perDay: 1 },
  }
  await server.call('PUT', '/api/flows/open/public-access', {
    body: settings,
    headers: { 'if-match': '"0"' },
  })
})
afterAll(() => server.close())

describe('the chat page and the widget', () => {
  it('say that they are to be built first', async () => {
    const page = await server.call('GET', '/chat/closed')
    expect([page.status, page.text]).toEqual([503, expect.stringContaining('pnpm build')])
    expect((await server.call('GET', '/embed.js')).status).toBe(503)
  })

  describe('once built', () => {
    beforeAll(() => {
      const directory = join(server.directory, 'chat')
      mkdirSync(join(directory, 'assets'), { recursive: true })
      writeFileSync(join(directory, 'index.html'), '<!doctype html>')
      writeFileSync(join(directory, 'embed.js'), 'chat()')
      writeFileSync(join(directory, 'assets', 'chat-1.js'), 'page()')
    })

    it('are framed by nobody, unless the flow lists an origin', async () => {
      const closed = await server.call('GET', '/chat/closed')
      expect(closed.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(closed.headers.get('x-frame-options')).toBe('SAMEORIGIN')
      const open = await server.call('GET', '/chat/open')
      expect(open.headers.get('content-security-policy')).toContain(
        'frame-ancestors https://shop.test http://localhost:3000',
      )
      expect(open.headers.get('x-frame-options')).toBeNull()
    })

    it('load nothing foreign, and run no inline script', async () => {
      const { headers } = await server.call('GET', '/chat/open')
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; /,
      )
    })

    it('can be loaded by pages of any origin, the widget alone', async () => {
      const widget = await server.call('GET', '/embed.js')
      expect(widget.headers.get('content-type')).toMatch(/javascript/)
      expect(widget.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
      const page = await server.call('GET', '/chat/assets/chat-1.js')
      expect(page.headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(page.headers.get('cache-control')).toContain('immutable')
      expect((await server.call('GET', '/chat/assets/none.js')).status).toBe(404)
    })

    it.each([{ range: 'bytes=999-' }, { 'if-match': '"other"' }])(
      'are refused with a typed error where %j cannot be met',
      async (headers) => {
        const { status, json } = await server.call('GET', '/embed.js', { headers })
        expect([status, json.error.code]).toEqual([400, 'bad_request'])
      },
    )
  })
})
