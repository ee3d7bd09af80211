import { mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib'
import type { JsonObject } from '@millrace/flow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

interface RawAnswer {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly bytes: Buffer
}

interface AskOptions {
  readonly method?: string
  readonly body?: JsonObject
}

/** Asks as it is told and unpacks nothing. */
function ask(
  path: string,
  headers: Readonly<Record<string, string>>,
  { method = 'GET', body }: AskOptions = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request(`${server.url}${path}`, { method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          bytes: Buffer.concat(chunks),
        }),
      )
    })
    asked.on('error', reject)
    asked.end(body && JSON.stringify(body))
  })
}

describe('the files of the editor', () => {
  const script = 'export const message = "the same again and again"\n'.repeat(100)
  const brotli = brotliCompressSync(script)
  const gzip = gzipSync(script)

  beforeAll(() => {
    const assets = join(server.directory, 'editor', 'assets')
    mkdirSync(assets, { recursive: true })
    writeFileSync(join(assets, 'main-4f2a.js'), script)
    writeFileSync(join(assets, 'main-4f2a.js.br'), brotli)
    writeFileSync(join(assets, 'main-4f2a.js.gz'), gzip)
    writeFileSync(join(assets, 'small-91ab.js'), 'run()')
  })

  it.each([
    ['br, gzip', 'br', brotli],
    ['gzip', 'gzip', gzip],
    ['identity', undefined, Buffer.from(script)],
    ['br;q=0, gzip', 'gzip', gzip],
  ])('come as they were packed, for whoever unpacks %s', async (accepted, coding, bytes) => {
    const answer = await ask('/assets/main-4f2a.js', { 'accept-encoding': accepted })
    expect(answer.bytes.equals(bytes)).toBe(true)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-length': String(bytes.length),
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    })
    expect(answer.headers['content-encoding']).toBe(coding)
  })

  it('answer HEAD, ranges and conditions for the packed bytes', async () => {
    const packed = { 'accept-encoding': 'br' }
    const head = await ask('/assets/main-4f2a.js', packed, { method: 'HEAD' })
    expect([head.status, head.headers['content-length'], head.bytes.length]).toEqual([
      200,
      String(brotli.length),
      0,
    ])
    const part = await ask('/assets/main-4f2a.js', { ...packed, range: 'bytes=2-9' })
    expect([part.status, part.headers['content-encoding']]).toEqual([206, 'br'])
    expect(part.bytes.equals(brotli.subarray(2, 10))).toBe(true)
    const tag = String(head.headers['etag'])
    const known = await ask('/assets/main-4f2a.js', { ...packed, 'if-none-match': tag })
    expect([known.status, known.bytes.length]).toEqual([304, 0])
    const other = await ask('/assets/main-4f2a.js', {
      'accept-encoding': 'gzip',
      'if-none-match': tag,
    })
    expect(other.status).toBe(200)
  })

  it('come as they are when nothing was packed, and are missing when they are not there', async () => {
    const small = await ask('/assets/small-91ab.js', { 'accept-encoding': 'br' })
    expect([small.bytes.toString(), small.headers['content-encoding']]).toEqual([
      'run()',
      undefined,
    ])
    expect((await ask('/assets/old-0000.js', { 'accept-encoding': 'br' })).status).toBe(404)
  })
})

describe('the answers of the API', () => {
  const long = { ...echoFlow('long'), description: 'A long description. '.repeat(200) }

  beforeAll(async () => {
    await server.call('POST', '/api/flows', { body: long satisfies JsonObject })
  })

  it('are packed when they are long, with their tag as it is', async () => {
    const plain = await ask('/api/flows/long', { 'accept-encoding': 'identity' })
    const packed = await ask('/api/flows/long', { 'accept-encoding': 'gzip' })
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      etag: plain.headers['etag'],
    })
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 2)
    expect(gunzipSync(packed.bytes).equals(plain.bytes)).toBe(true)
    expect(packed.headers['vary']).toBe('Accept-Encoding')
  })

  it('stay as they are when they are short', async () => {
    const { headers } = await ask('/api/health', { 'accept-encoding': 'gzip' })
    expect(headers['content-encoding']).toBeUndefined()
  })

  it.each(['text/event-stream', 'application/x-ndjson', 'text/plain'])(
    'stay as they are when they are streams: %s',
    async (accept) => {
      const { status, headers, bytes } = await ask(
        '/api/flows/long/stream',
        { accept, 'accept-encoding': 'gzip, br', 'content-type': 'application/json' },
        { method: 'POST', body: { prompt: 'A long question. '.repeat(200) } },
      )
      expect([status, headers['content-encoding']]).toEqual([200, undefined])
      expect(bytes.toString()).toContain('A long question. A long question.')
    },
  )
})
