import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatFlow } from '../testing/chat-flow.ts'
import { startFakeModel, tokensAnswer, type FakeModel } from '../testing/fake-model.ts'
import { openLiveClient } from '../testing/live-client.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const password = 'twelve chars at least'
const hasNginx = spawnSync('nginx', ['-v']).status === 0
if (!hasNginx) console.warn('There is no nginx here, so that deploy/nginx.conf is not tried.')

describe.skipIf(!hasNginx)('the example of nginx', () => {
  let server: TestServer
  let model: FakeModel
  let folder: string
  let url: string
  let cookie: string
  beforeAll(async () => {
    model = await startFakeModel()
    server = await startTestServer({
      MILLRACE_OPERATOR_PASSWORD: password,
      MILLRACE_TRUSTED_PROXIES: '127.0.0.1',
      MILLRACE_ALLOW_HOSTS: '127.0.0.1',
    })
    folder = mkdtempSync(join(tmpdir(), 'millrace-nginx-'))
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    writeFileSync(
      join(folder, 'nginx.conf'),
      configuration({ folder, port, upstream: server.port }),
    )
    // It listens when the command ends.
    const started = nginx()
    expect(started.stderr).toBe('')
    const signedIn = await post('/api/session', { password })
    cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
    const fields = { baseUrl: model.url }
    await post('/api/connections', { id: 'model', kind: 'openai', name: 'Model', fields })
    await post('/api/flows', chatFlow('chat'))
  })
  afterAll(async () => {
    nginx('-s', 'stop')
    await server.close()
    await model.close()
    rmSync(folder, { recursive: true })
  })

  const nginx = (...more: string[]) =>
    spawnSync('nginx', ['-c', join(folder, 'nginx.conf'), '-e', 'stderr', ...more], {
      encoding: 'utf8',
    })
  const post = (path: string, body: unknown) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
      body: JSON.stringify(body),
    })

  it('hands a stream on as it comes: its first value is there while the model thinks', async () => {
    const { promise: thought, resolve: goOn } = Promise.withResolvers<void>()
    model.answerWith(tokensAnswer(['Hel', 'lo'], { afterTokens: 1, until: thought }))
    const input = { sessionId: 's', prompt: 'Hi', context: '' }
    const answer = await post('/api/flows/chat/stream?env=development', input)
    const text = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    const first = await text?.read()
    expect(first?.value).toContain('data: "Hel"')
    goOn()
    let rest = ''
    for (let part = await text?.read(); part?.done === false; part = await text?.read()) {
      rest += part.value
    }
    expect(rest).toMatch(/data: "lo"[^]*event: end/)
  })

  it('hands sockets on', async () => {
    const client = await openLiveClient(url, { cookie })
    client.send({ type: 'ping' })
    expect(await client.frame('pong')).toEqual({ type: 'pong' })
    client.socket.close()
  })

  it('names the client, so that those who guess the password are told apart from others', async () => {
    for (const _ of Array(10).keys()) await post('/api/session', { password: 'wrong' })
    expect((await post('/api/session', { password: 'wrong' })).status).toBe(429)
    const headers = { 'x-forwarded-for': '198.51.100.1' }
    const forged = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } }
    const guess = await fetch(`${url}/api/session`, { ...forged, body: '{"password":"wrong"}' })
    expect(guess.status).toBe(429)
  })

  it('shows the metrics to nobody', async () => {
    const answer = await fetch(`${url}/metrics`, { headers: { cookie } })
    expect(answer.status).toBe(403)
  })
})

interface Place {
  readonly folder: string
  readonly port: number
  readonly upstream: number
}

/** The example as it is, but for its ports and its TLS. */
function configuration({ folder, port, upstream }: Place): string {
  const file = new URL('../../../../deploy/nginx.conf', import.meta.url)
  const [head = '', ...servers] = readFileSync(file, 'utf8').split(/^server \{$/m)
  const secure = (servers.at(-1) ?? '')
    .replace(/^ *ssl_.*$/gm, '')
    .replace('listen 443 ssl http2;', `listen 127.0.0.1:${port};`)
    .replace('listen [::]:443 ssl http2;', '')
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n')
  return `pid ${folder}/pid; error_log ${folder}/error.log; events {}
http { access_log off; ${places}
${head.replace('127.0.0.1:4400', `127.0.0.1:${upstream}`)}
server {${secure} }`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is never a text
  server.close()
  await once(server, 'close')
  return port
}
