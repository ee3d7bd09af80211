import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Secret } from '@millrace/engine'
import { errorAnswer } from '@millrace/e2e/fake-model-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createServerLog } from '../server-log.ts'
import { chatFlow } from '../testing/chat-flow.ts'
import { startFakeModel, type FakeModel } from '../testing/fake-model.ts'
import { openLiveClient } from '../testing/live-client.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

// Each is what a person could look for; none may be found anywhere but at the provider.
const apiKey = 'sk-grist-0001'
const header = 'gate-grist-0002'
const secrets = [apiKey, header]

let server: TestServer
let model: FakeModel
let logged = ''
/** Everything that the server answered. */
let answered = ''
beforeAll(async () => {
  model = await startFakeModel({ apiKey })
  const write = (line: string) => (logged += line)
  server = await startTestServer({}, createServerLog('debug', { write }))
})
afterAll(async () => {
  await server.close()
  await model.close()
})

async function call(...parameters: Parameters<TestServer['call']>) {
  const answer = await server.call(...parameters)
  answered += answer.text
  return answer
}

function expectNoSecretIn(text: string): void {
  for (const secret of secrets) expect(text).not.toContain(secret)
}

it('gives secrets to the provider, and shows them nowhere else', async () => {
  const fields = { baseUrl: model.url, apiKey, headers: { 'X-Gate': { secret: header } } }
  const connection = { id: 'model', kind: 'openai', name: 'Model', fields }
  await call('POST', '/api/connections', { body: connection })
  await call('POST', '/api/flows', { body: chatFlow('grist') })
  const input = { body: { sessionId: 's1', prompt: 'Hi' } }

  await call('POST', '/api/flows/grist/stream', input)
  expect(model.requests.at(-1)?.headers).toMatchObject({
    authorization: `Bearer ${apiKey}`,
    'x-gate': header,
  })

  // A provider that repeats what it was sent.
  const message = `Neither ${apiKey} nor ${header} may do this`
  model.answerWith(errorAnswer(400, { message, type: 'x', param: null, code: null }))
  const failed = await call('POST', '/api/flows/grist/stream', input)
  expect(failed.text).toContain('Neither [secret] nor [secret] may do this')
  const runId = failed.headers.get('x-run-id') ?? /"runId":"([^"]+)"/.exec(failed.text)?.[1]
  expect(runId).toBeDefined()
  for (const path of [`/api/runs/${runId}`, `/api/runs/${runId}/events`]) {
    expect((await call('GET', path)).status).toBe(200)
  }

  // What goes out as a file or to a socket, of runs that went well and ill.
  const live = await openLiveClient(server.url)
  live.send({ type: 'start', ref: 'r', flowId: 'grist', input: input.body, record: true })
  const started = await live.frame('started')
  answered += JSON.stringify(await live.eventsToEnd(started['runId']))
  live.socket.terminate()
  for (const id of [runId, started['runId']]) {
    for (const part of ['export', 'document', 'test?name=t', 'events?view=full', 'stream']) {
      answered += await fetch(`${server.url}/api/runs/${id}/${part}`).then((one) => one.text())
    }
  }
  for (const path of [
    '/api/runs',
    '/api/flows/grist/export',
    '/api/connection-uses',
    '/openapi.json',
  ]) {
    expect((await call('GET', path)).status).toBe(200)
  }

  // What designers send and ask for, right and wrong.
  await call('GET', '/api/connections')
  await call('GET', '/api/connections/model')
  await call('GET', '/api/connections/model/models')
  await call('GET', '/api/flows/grist')
  await call('POST', '/api/connections/model/test')
  await call('POST', '/api/connections/model/duplicate')
  await call('POST', '/api/connections/test', { body: connection })
  await call('POST', '/api/connections', { body: connection })
  await call('POST', '/api/connections', { body: { ...connection, name: '', extra: apiKey } })
  await call('POST', '/api/connections', { body: `{ "apiKey": "${apiKey}", ` })
  const wrong = { ...connection, id: 'wrong', fields: { ...fields, apiKey: [apiKey] } }
  await call('POST', '/api/connections', { body: wrong })
  await call('PUT', '/api/connections/model', {
    body: { name: 'Model', fields },
    headers: { 'if-match': '"7"' },
  })
  await server.restart()

  expect(answered).toContain('"apiKey":{"set":true}')
  expect(logged).toContain('request refused')
  expectNoSecretIn(answered)
  expectNoSecretIn(logged)
  const files = readdirSync(server.directory)
  expect(files).toEqual(expect.arrayContaining(['millrace.db', 'runs.db', 'secret.key']))
  for (const file of files) {
    expectNoSecretIn(readFileSync(join(server.directory, file)).toString('latin1'))
  }
})

it.skipIf(process.platform === 'win32')(
  'keeps the key in a file that only its owner may read',
  () => {
    expect(statSync(join(server.directory, 'secret.key')).mode & 0o777).toBe(0o600)
  },
)

it('logs what holds a secret as [secret]', () => {
  logged = ''
  const logger = createServerLog('debug', { write: (line: string) => (logged += line) })
  const fields = { apiKey, headers: { 'x-gate': new Secret(header) } }
  logger.info({ connection: { fields } }, 'opened')
  logger.error({ err: new Error('It failed.', { cause: fields }), authorization: header }, 'failed')
  expect(logged.match(/\[secret\]/g)).toHaveLength(3)
  expectNoSecretIn(logged)
})
