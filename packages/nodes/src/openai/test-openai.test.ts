import { once } from 'node:events'
import { createServer as createTlsServer } from 'node:https'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { Secret, type Connection } from '@millrace/engine'
import { fakeServices } from '@millrace/engine/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ConnectionTest } from '../connection-test.ts'
import { createAddressRules, parseAllowHosts } from '../http/address-rules.server.ts'
import { startProvider, type ProviderScript } from '../testing/scripted-provider.server.ts'
import { selfSigned } from '@millrace/tds-loopback/self-signed'
import { listModels } from './models.server.ts'
import { testOpenAi } from './test-openai.server.ts'

afterEach(() => {
  vi.useRealTimers()
})

function connection(fields: Readonly<Record<string, unknown>>): Connection {
  return { id: 'team', kind: 'openai', name: 'Team', fields }
}

interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** Answers by method and path; everything else is not found. */
function answers(replies: Readonly<Record<string, Reply>>): ProviderScript {
  return (response, { method, path }) => {
    const { status = 200, headers, body } = replies[`${method} ${path}`] ?? { status: 404 }
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}))
  }
}

const models = (...ids: readonly string[]) => ({
  object: 'list',
  data: ids.map((id) => ({ id, object: 'model', owned_by: 'library' })),
})

interface Tested {
  readonly test: ConnectionTest
  readonly url: string
  readonly asked: readonly string[]
  readonly authorizations: readonly (string | undefined)[]
}

async function tested(script: ProviderScript, fields: object = {}, path = '/v1'): Promise<Tested> {
  await using provider = await startProvider(script)
  const url = provider.url.replace(/\/v1$/, path)
  const test = await testOpenAi(connection({ baseUrl: url, ...fields }), fakeServices())
  return {
    test,
    url,
    asked: provider.requests.map(({ method, path: at }) => `${method} ${at}`),
    authorizations: provider.requests.map(({ headers }) => headers.authorization),
  }
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port // a TCP server's address is never a text
}

describe('a connection that works', () => {
  it('says how long it took, what answered and which models it offers', async () => {
    const { test, asked } = await tested(answers({ 'GET /v1/models': { body: models('a', 'b') } }))
    expect(test).toEqual({
      ok: true,
      message: expect.stringMatching(/^"Team" answers, and offers 2 models \(\d+ ms\)\.$/),
      details: {
        summary: 'It works',
        latencyMs: expect.any(Number),
        server: 'Ollama',
        models: 2,
        modelIds: ['a', 'b'],
      },
    })
    expect(asked).toEqual(['GET /v1/models'])
  })

  it.each([
    [{ 'x-litellm-version': '1.72.0' }, 'LiteLLM 1.72.0'],
    [{ 'openai-version': '2020-10-01', server: 'cloudflare' }, 'OpenAI'],
    [{ server: 'nginx' }, undefined],
  ])('names what answered only where %j tells it', async (headers, server) => {
    const body = { data: [{ id: 'a', owned_by: 'somebody' }] }
    const { test } = await tested(answers({ 'GET /v1/models': { headers, body } }))
    expect(test.details.server).toBe(server)
  })

  it('takes a list of models without an object around it', async () => {
    const { test } = await tested(answers({ 'GET /v1/models': { body: [{ id: 'a' }] } }))
    expect(test.details.modelIds).toEqual(['a'])
  })

  it('warns of a server that offers no model yet', async () => {
    const { test } = await tested(answers({ 'GET /v1/models': { body: models() } }))
    expect(test).toMatchObject({ ok: true, details: { models: 0 } })
    expect(test.details.warning).toContain('no model yet')
  })

  it('may have no list of models, when it takes chat requests', async () => {
    const refusal = { status: 400, body: { error: { message: 'model is missing' } } }
    const { test, asked } = await tested(answers({ 'POST /v1/chat/completions': refusal }))
    expect(test).toMatchObject({
      ok: true,
      details: { summary: 'It works, without a list of models' },
    })
    expect(test.details.warning).toContain('by hand')
    expect(asked).toEqual(['GET /v1/models', 'POST /v1/chat/completions'])
  })
})

describe('a connection that does not work', () => {
  it('is told from one that lists its models to anybody, but does not take the key', async () => {
    const { test } = await tested(
      answers({
        'GET /v1/models': { body: models('a') },
        'POST /v1/chat/completions': { status: 401 },
      }),
      { apiKey: new Secret('sk-wrong') },
    )
    expect(test).toMatchObject({ ok: false, details: { summary: 'The API key was refused' } })
  })

  it.each([
    [401, 'The API key was refused', 'provider_unauthorized', 'Check the key'],
    [403, 'The API key may not be used', 'provider_unauthorized', 'what it may use'],
    [429, 'It gets too many requests', 'provider_limited', 'Try again later'],
    [500, 'It does not work', 'provider_failed', 'Try again later'],
  ])('says what to do about %i', async (status, summary, code, remedy) => {
    const { test, asked } = await tested(answers({ 'GET /v1/models': { status } }), {
      apiKey: new Secret('sk-wrong'),
    })
    expect(test).toMatchObject({ ok: false, details: { summary, code } })
    expect(test.message).toContain(remedy)
    expect(asked).toHaveLength(1)
  })

  it('says that a key is asked for where there is none', async () => {
    const { test } = await tested(answers({ 'GET /v1/models': { status: 401 } }))
    expect(test.details.summary).toBe('It asks for an API key')
    expect(test.message).toContain('Enter one')
  })

  it('never repeats a secret that the server repeats', async () => {
    const body = { error: { message: 'sk-mine, Bearer gate-1 and gate-1 are unknown' } }
    const { test } = await tested(answers({ 'GET /v1/models': { status: 400, body } }), {
      apiKey: new Secret('sk-mine'),
      headers: { 'x-gateway': new Secret('Bearer gate-1') },
    })
    expect(test.message).toContain('[secret], [secret] and [secret] are unknown')
  })

  it('finds the list of models where only /v1 is missing', async () => {
    const { test, url, asked } = await tested(
      answers({ 'GET /v1/models': { body: models('a') } }),
      {},
      '',
    )
    expect(test).toMatchObject({
      ok: false,
      details: {
        summary: 'The base URL lacks /v1',
        suggestion: { field: 'baseUrl', value: `${url}/v1` },
      },
    })
    expect(asked).toEqual(['GET /models', 'GET /v1/models'])
  })

  it('says that nothing of the protocol is at the path', async () => {
    const { test, url } = await tested(answers({}))
    expect(test).toMatchObject({ ok: false, details: { summary: 'Nothing is at this path' } })
    expect(test.message).toContain(`${url} (404)`)
  })

  it('tells an Ollama that is too old', async () => {
    const { test } = await tested(answers({ 'GET /api/version': { body: { version: '0.1.9' } } }))
    expect(test.details.summary).toBe('The server is too old')
    expect(test.message).toContain('Update Ollama')
  })

  it.each([
    [
      'text/html; charset=utf-8',
      '<!doctype html><title>Sign in</title>',
      'A web page answers there',
    ],
    ['text/plain', '<html></html>', 'A web page answers there'],
    ['text/plain', 'Ollama is running', 'Something else answers there'],
    ['application/json', '{"models":[]}', 'Something else answers there'],
  ])('is not taken in by %s that says %s', async (type, body, summary) => {
    const reply = { headers: { 'content-type': type }, body }
    const { test } = await tested(answers({ 'GET /v1/models': reply }))
    expect(test).toMatchObject({ ok: false, details: { summary, code: 'upstream_protocol' } })
    expect(test.message).toContain('Check the base URL')
  })

  it('does not follow a redirect, and says where it leads', async () => {
    await using target = await startProvider(answers({ 'GET /v1/models': { body: models('a') } }))
    const location = `${target.url}/models?token=t`
    const { test } = await tested(
      answers({ 'GET /v1/models': { status: 308, headers: { location } } }),
    )
    expect(test).toMatchObject({
      ok: false,
      details: {
        summary: 'It moved to another address',
        suggestion: { field: 'baseUrl', value: target.url },
      },
    })
    expect(test.message).not.toContain('token=t')
    expect(target.requests).toEqual([])
  })

  it('says that nothing listens at the address', async () => {
    const server = createServer()
    const port = await listening(server)
    server.close()
    await once(server, 'close')
    const test = await testOpenAi(
      connection({ baseUrl: `http://127.0.0.1:${port}/v1` }),
      fakeServices(),
    )
    expect(test).toMatchObject({ ok: false, details: { summary: 'Nothing listens there' } })
  })

  // On the real clock: how long the system's resolver takes is not ours to hurry.
  it('says that the name of the host is not known', { timeout: 30_000 }, async () => {
    const test = await testOpenAi(
      connection({ baseUrl: 'http://no-such-host.invalid/v1' }),
      fakeServices(),
    )
    expect(test).toMatchObject({ ok: false, details: { summary: 'The name is not known' } })
  })

  it('says that a certificate is not trusted, and who can change that', async () => {
    const server = createTlsServer(selfSigned)
    const port = await listening(server)
    const test = await testOpenAi(
      connection({ baseUrl: `https://localhost:${port}/v1` }),
      fakeServices(),
    )
    server.close()
    expect(test).toMatchObject({
      ok: false,
      details: { summary: 'Its certificate is not trusted' },
    })
    expect(test.message).toContain('NODE_EXTRA_CA_CERTS')
  })

  it('says that a server does not speak https', async () => {
    await using provider = await startProvider(answers({}))
    const baseUrl = provider.url.replace('http:', 'https:')
    const test = await testOpenAi(connection({ baseUrl }), fakeServices())
    expect(test).toMatchObject({ ok: false, details: { summary: 'It does not speak https there' } })
    expect(test.message).toContain('http://')
  })

  it('says that something else than HTTP answers', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'))
    const port = await listening(server)
    const test = await testOpenAi(
      connection({ baseUrl: `http://127.0.0.1:${port}/v1` }),
      fakeServices(),
    )
    server.close()
    expect(test).toMatchObject({ ok: false, details: { summary: 'Something else answers there' } })
  })

  it('gives up a server that says nothing for 20 seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const asked = Promise.withResolvers<void>()
    await using provider = await startProvider(() => asked.resolve())
    const testing = testOpenAi(connection({ baseUrl: provider.url }), fakeServices())
    await asked.promise
    await vi.advanceTimersByTimeAsync(20_000)
    const test = await testing
    await provider.requests[0]?.closed
    expect(test).toMatchObject({ ok: false, details: { summary: 'It did not answer in time' } })
    expect(test.message).toContain('within 20 seconds')
  })
})

describe('an address', () => {
  const services = (allow: string) => ({
    ...fakeServices(),
    mayConnect: createAddressRules({ allow: parseAllowHosts(allow), allowLoopback: false }),
  })

  it.each([
    'http://127.0.0.1:9/v1',
    'http://localhost:9/v1',
    'http://10.0.0.1/v1',
    'http://[::1]:9/v1',
  ])('inside a private network is refused, and the setting named: %s', async (baseUrl) => {
    const test = await testOpenAi(connection({ baseUrl }), services(''))
    expect(test).toMatchObject({
      ok: false,
      details: { summary: 'This address is not allowed', code: 'address_refused' },
    })
    expect(test.message).toContain('MILLRACE_ALLOW_HOSTS')
  })

  it('is reached once the operator allows the name that leads there', async () => {
    await using provider = await startProvider(answers({ 'GET /v1/models': { body: models('a') } }))
    const baseUrl = provider.url.replace('127.0.0.1', 'localhost')
    const test = await testOpenAi(connection({ baseUrl }), services(new URL(baseUrl).host))
    expect(test.ok).toBe(true)
  })

  it.each(['http://0.0.0.0:9/v1', 'http://[::]:9/v1'])(
    'of no machine is never reached, whatever is allowed: %s',
    async (baseUrl) => {
      const test = await testOpenAi(connection({ baseUrl }), services('0.0.0.0,[::],0.0.0.0/0'))
      expect(test.details.code).toBe('address_refused')
      expect(test.message).toContain('127.0.0.1')
      expect(test.message).not.toContain('MILLRACE_ALLOW_HOSTS')
    },
  )
})

describe('listModels', () => {
  it('says to write the model by hand where there is no list', async () => {
    await using provider = await startProvider(answers({}))
    const listing = listModels(connection({ baseUrl: provider.url }), fakeServices())
    await expect(listing).rejects.toMatchObject({
      code: 'provider_failed',
      message: expect.stringContaining('by hand'),
    })
  })
})
