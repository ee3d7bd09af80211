import { gzipSync, brotliCompressSync, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { says, sendsRaw, startApi, type ApiScript } from '../testing/api-server.server.ts'
import { askApi } from '../testing/ask-api.server.ts'

/** Asks an API of this script, by GET. */
async function ask(script: ApiScript, properties = {}) {
  await using api = await startApi(script)
  return await askApi({ url: api.url, ...properties })
}

describe('what comes back', () => {
  it('[H13] runs Success for 200 to 299, and gives the answer after Continue', async () => {
    const { block, response } = await ask(
      says('{"a":[1]}', { status: 201, 'content-type': 'application/json', 'X-Trace': 'abc' }),
    )
    expect(block).toBe('success')
    expect(response).toMatchObject({
      status: 201,
      headers: { 'content-type': 'application/json', 'x-trace': 'abc' },
      body: { a: [1] },
    })
  })

  it.each([300, 304, 400, 404, 500, 503])(
    '[H13] runs Non-success for %s, and that is no error',
    async (status) => {
      const { block, response, outcome } = await ask(says('', { status }))
      expect({ block, outcome, status: response?.status }).toEqual({
        block: 'nonSuccess',
        outcome: 'completed',
        status,
      })
    },
  )

  it.each([
    ['application/json', '{"a":1}', { a: 1 }],
    ['application/problem+json; charset=utf-8', '[null]', [null]],
    ['text/html; charset=utf-8', '<p>ä</p>', '<p>ä</p>'],
    ['application/xml', '<a/>', '<a/>'],
    ['image/png', 'PNG', 'UE5H'],
    ['', 'raw', 'cmF3'],
    ['application/json', '', null],
  ])('[H8] reads %j by its content type', async (type, text, body) => {
    const headers = type === '' ? {} : { 'content-type': type }
    expect((await ask(says(text, headers))).response?.body).toEqual(body)
  })

  it.each([
    ['text', '{"a":1}', '{"a":1}'],
    ['json', '{"a":1}', { a: 1 }],
    ['bytes', '{"a":1}', 'eyJhIjoxfQ=='],
  ])('[H8] reads it as %s when told to', async (responseType, text, body) => {
    const headers = { 'content-type': 'application/octet-stream' }
    expect((await ask(says(text, headers), { responseType })).response?.body).toEqual(body)
  })

  it.each([
    ['iso-8859-1', [0xe4], 'ä'],
    ['windows-1252', [0x80], '€'],
    ['utf-16le', [0xe4, 0], 'ä'],
    ['"UTF-8"', [0xc3, 0xa4], 'ä'],
    ['no-such', [0xc3, 0xa4], 'ä'],
  ])('[H8] reads text in the charset %s', async (charset, bytes, text) => {
    const answer = says(Uint8Array.from(bytes), {
      'content-type': `text/plain; charset=${charset}`,
    })
    expect((await ask(answer)).response?.body).toBe(text)
  })

  it('[H8] fails for an answer that says JSON and is none, and leaves what failed as text', async () => {
    const headers = { 'content-type': 'application/json' }
    expect((await ask(says('<html>', headers))).error).toMatchObject({
      code: 'upstream_protocol',
      nodeId: 'ask',
      property: 'responseType',
    })
    const failed = await ask(says('<html>', { ...headers, status: 502 }))
    expect(failed).toMatchObject({ block: 'nonSuccess', response: { body: '<html>' } })
  })

  it('[H8] fails for JSON that nests too deep for a flow', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const { error } = await ask(says(deep, { 'content-type': 'application/json' }))
    expect(error).toMatchObject({ code: 'limit_exceeded', details: { limit: 'depth' } })
  })

  it.each([
    ['204', 'HTTP/1.1 204 No Content'],
    ['304', 'HTTP/1.1 304 Not Modified'],
  ])('[H8] waits for no body after %s, whatever its head says', async (_, line) => {
    const { response } = await ask(
      sendsRaw(line, 'content-encoding: gzip', 'content-type: application/json', '', ''),
    )
    expect(response?.body).toBeNull()
  })

  it('[H8] takes no body of a HEAD, and none that is empty though packed', async () => {
    const packed = says('', { 'content-encoding': 'gzip', 'content-length': 20 })
    expect((await ask(packed, { method: 'HEAD' })).response).toMatchObject({
      status: 200,
      body: null,
    })
    const empty = says('', { 'content-encoding': 'gzip', 'content-length': 0 })
    expect((await ask(empty)).response).toMatchObject({ status: 200, body: null })
  })

  it('[H8] joins headers that come several times, but for cookies', async () => {
    const { response } = await ask((answer) => {
      answer.setHeader('via', ['a', 'b'])
      answer.setHeader('set-cookie', ['one=1', 'two=2'])
      answer.end()
    })
    expect(response?.headers).toMatchObject({ via: 'a, b', 'set-cookie': ['one=1', 'two=2'] })
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['gzip, br', (text: string) => brotliCompressSync(gzipSync(text))],
  ])('[H15] unpacks %s', async (encoding, pack) => {
    const headers = { 'content-type': 'text/plain', 'content-encoding': encoding }
    expect((await ask(says(pack('packed'), headers))).response?.body).toBe('packed')
  })

  it.each(['compress', 'gzip, gzip, gzip, gzip', 'constructor'])(
    '[H15] does not take the packing %s',
    async (encoding) => {
      const { error } = await ask(says('x', { 'content-encoding': encoding }))
      expect(error?.code).toBe('upstream_protocol')
    },
  )
})

describe('an answer that was cut', () => {
  const whole = gzipSync('a text that is long enough to be cut somewhere')

  it.each<[string, ApiScript, string]>([
    [
      'by its length',
      sendsRaw('HTTP/1.1 200 OK', 'content-length: 10', '', 'half'),
      'upstream_disconnected',
    ],
    [
      'in its chunks',
      sendsRaw('HTTP/1.1 200 OK', 'transfer-encoding: chunked', '', '4', 'half', ''),
      'upstream_disconnected',
    ],
    ['in its head', sendsRaw('HTTP/1.1 200 OK', 'content-le'), 'upstream_disconnected'],
    ['before its head', sendsRaw(''), 'upstream_disconnected'],
    [
      'in its packing',
      says(whole.subarray(0, 20), { 'content-encoding': 'gzip' }),
      'upstream_truncated',
    ],
    [
      'in a broken packing',
      says('no gzip at all', { 'content-encoding': 'gzip' }),
      'upstream_protocol',
    ],
    [
      'in another broken packing',
      says('no brotli at all', { 'content-encoding': 'br' }),
      'upstream_protocol',
    ],
    ['by no HTTP at all', sendsRaw('SSH-2.0-OpenSSH_9', ''), 'upstream_protocol'],
    [
      'by two lengths',
      sendsRaw('HTTP/1.1 200 OK', 'content-length: 4', 'content-length: 5', '', 'half'),
      'upstream_truncated',
    ],
  ])('[H14] %s is an error that names the host', async (_, script, code) => {
    await using api = await startApi(script)
    const { error, block } = await askApi({ url: `${api.url}/secret-path?a=b` })
    expect({ code: error?.code, block }).toEqual({ code, block: undefined })
    expect(error?.message).toContain(`"127.0.0.1:${api.port}"`)
    expect(error?.message).not.toContain('secret-path')
  })

  it('[H14] is an error of its own when nothing listens, and when nobody is of that name', async () => {
    const api = await startApi(says(''))
    await api[Symbol.asyncDispose]()
    expect((await askApi({ url: api.url })).error).toMatchObject({
      code: 'provider_unreachable',
      property: 'url',
      retryable: true,
    })
    expect((await askApi({ url: 'http://nobody.invalid' })).error).toMatchObject({
      code: 'provider_unreachable',
      message: expect.stringContaining('"nobody.invalid"') as string,
    })
  })
})

describe('limits', () => {
  const mebibyte = 1024 * 1024

  it('[H5] ends at a body that is too large, whether or not it says its length', async () => {
    for (const headers of [{ 'content-length': String(2 * mebibyte) }, {}]) {
      const { error } = await ask(
        (response) => {
          response.writeHead(200, headers)
          response.end(Buffer.alloc(2 * mebibyte))
        },
        { maximumSize: 1 },
      )
      expect(error).toMatchObject({
        code: 'limit_exceeded',
        property: 'maximumSize',
        details: { limit: 'responseBody', max: mebibyte },
      })
    }
  })

  it('[H5] ends at a bomb while it is unpacked, also at one in another', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * mebibyte))
    for (const [encoding, bytes] of [
      ['gzip', bomb],
      ['gzip, gzip', gzipSync(bomb)],
    ] as const) {
      const { error } = await ask(says(bytes, { 'content-encoding': encoding }), {
        maximumSize: 1,
      })
      expect(error).toMatchObject({ code: 'limit_exceeded', details: { limit: 'responseBody' } })
    }
  })

  it('[H5] closes the connection of a body without an end', async () => {
    await using api = await startApi((response) => {
      const more = () => void response.write(Buffer.alloc(64 * 1024), more)
      more()
    })
    const { error } = await askApi({ url: api.url, maximumSize: 1 })
    expect(error?.code).toBe('limit_exceeded')
    await api.requests[0]?.closed
  })

  it('[H5] ends at headers that are too large', async () => {
    const { error } = await ask(sendsRaw('HTTP/1.1 200 OK', `x: ${'a'.repeat(20_000)}`, '', ''))
    expect(error).toMatchObject({ code: 'limit_exceeded', details: { limit: 'responseHeaders' } })
  })

  it.each<[string, ApiScript]>([
    ['never begins', () => undefined],
    ['never ends', (response) => void response.write('half')],
  ])('[H4] ends an answer that %s with a timeout, and closes the socket', async (_, script) => {
    await using api = await startApi(script)
    const { error } = await askApi({ url: api.url, timeout: 0.1 })
    expect(error).toMatchObject({
      code: 'timeout',
      property: 'timeout',
      details: { limit: 'timeout', max: 0.1 },
    })
    await api.requests[0]?.closed
  })

  it('[H4] closes the socket when the run is stopped', async () => {
    const stopping = new AbortController()
    await using api = await startApi((response) => {
      response.write('half')
      stopping.abort()
    })
    const { outcome } = await askApi({ url: api.url }, { signal: stopping.signal })
    expect(outcome).toBe('cancelled')
    await api.requests[0]?.closed
  })
})
