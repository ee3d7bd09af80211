import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { once } from 'node:events'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { readBasePath } from './base-path.ts'

const hi = { sessionId: 's', prompt: 'Hi', context: '' }

describe('a server with a base path', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ MILLRACE_BASE_PATH: '/mill/race/' })
    for (const name of ['editor', 'chat']) {
      mkdirSync(join(server.directory, name))
      writeFileSync(
        join(server.directory, name, 'index.html'),
        `<meta name="millrace-base" content="./" /><link href="/mark.svg"><script src="./assets/a.js">`,
      )
    }
    await server.call('POST', '/api/flows', { body: echoFlow('echo') })
  })
  afterAll(() => server.close())

  const read = async (path: string) => (await fetch(server.url + path)).text()

  it.each([
    ['the editor', '/mill/race/flows/echo', '/mill/race/'],
    ['the editor, asked for without a slash', '/mill/race', '/mill/race/'],
    ['the chat page', '/mill/race/chat/echo', '/mill/race/chat/'],
  ])('serves %s with addresses below it', async (_title, path, place) => {
    expect(await read(path)).toBe(
      `<meta name="millrace-base" content="${place}" /><link href="/mill/race/mark.svg"><script src="${place}assets/a.js">`,
    )
  })

  it('answers below it and, for a proxy that takes it off, without it', async () => {
    for (const base of ['/mill/race', '']) {
      const run = await fetch(`${server.url}${base}/api/flows/echo/run?env=development`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(hi),
      })
      expect(await run.json()).toBe('Hi')
    }
    expect((await server.call('GET', '/mill/raceway/api/health')).text).not.toContain('"ok"')
  })

  it('names a run where its client finds it', async () => {
    const submitted = await fetch(`${server.url}/mill/race/api/flows/echo/submit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(hi),
    })
    const location = submitted.headers.get('location') ?? ''
    expect(location).toMatch(/^\/mill\/race\/api\/runs\//)
    expect((await fetch(server.url + location)).status).toBe(200)
  })

  it('takes sockets below it', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/mill/race/api/live`)
    await once(socket, 'open')
    socket.send('{"type":"ping"}')
    const [frame] = await once(socket, 'message')
    expect(String(frame)).toBe('{"type":"pong"}')
    socket.close()
  })

  it('keeps its cookie to itself, and describes its API where it is', async () => {
    const page = await fetch(`${server.url}/mill/race/`)
    expect(page.headers.get('set-cookie')).toMatch(/; Path=\/mill\/race; HttpOnly;/)
    const { json } = await server.call('GET', '/openapi.json')
    expect(json.servers).toEqual([{ url: '/mill/race', description: 'This server' }])
  })
})

describe('readBasePath', () => {
  it.each([
    ['', ''],
    ['/', ''],
    ['/millrace', '/millrace'],
    ['/a/b-c_d.e~f/', '/a/b-c_d.e~f'],
  ])('reads "%s" as "%s"', (text, path) => {
    expect(readBasePath(text)).toBe(path)
  })

  it.each(['millrace', '//', '/a//b', '/a/../b', '/a b', '/a?b', '/"><script>', '/%2e', '/.'])(
    'refuses "%s"',
    (text) => {
      expect(() => readBasePath(text)).toThrow(`MILLRACE_BASE_PATH is "${text}".`)
    },
  )
})
