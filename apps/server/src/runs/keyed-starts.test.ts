import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { errorAnswers } from '@millrace/e2e/fake-model-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatFlow, echoFlow } from '../testing/chat-flow.ts'
import { endlessAnswer, tokensAnswer, type FakeModel } from '../testing/fake-model.ts'
import { startServerWithModel, type ServerWithModel } from '../testing/server-with-model.ts'
import type { TestServer } from '../testing/test-server.ts'

let server: TestServer
let model: FakeModel
let close: ServerWithModel['close']
beforeAll(async () => {
  ;({ server, model, close } = await startServerWithModel())
  for (const body of [echoFlow('echo'), echoFlow('other'), chatFlow('chat')]) {
    await server.call('POST', '/api/flows', { body })
  }
})
afterAll(() => close())

const input = { sessionId: 's1', prompt: 'grind' }
const start = (call: string, key: string, body: unknown = input) =>
  server.call('POST', `/api/flows/${call}`, { body, headers: { 'idempotency-key': key } })
const runIdOf = ({ headers }: { readonly headers: Headers }) => headers.get('x-run-id')
const runsOf = async (flow: string) =>
  (await server.call('GET', `/api/runs?flow=${flow}`)).json.runs.length

describe('a start with an Idempotency-Key', () => {
  it.each([
    ['echo/run', 'a'],
    ['chat/stream', 'b'],
    ['echo/submit', 'c'],
  ])('[R15] of /%s answers with the run of the first when it comes again', async (call, key) => {
    const first = await start(call, key)
    const again = await start(call, key)
    expect(runIdOf(again)).toBe(runIdOf(first))
    expect(again.status).toBe(first.status)
    expect(again.text).toBe(first.text)
  })

  it('[R15] starts one run however many come at one time', async () => {
    const before = await runsOf('other')
    const answers = await Promise.all(Array.from({ length: 8 }, () => start('other/run', 'same')))
    expect(new Set(answers.map(runIdOf)).size).toBe(1)
    expect(answers.map(({ json }) => json)).toEqual(Array.from({ length: 8 }, () => 'grind'))
    expect((await runsOf('other')) - before).toBe(1)
  })

  it('[R15] joins the run while it goes on', async () => {
    const { promise: until, resolve: goOn } = Promise.withResolvers<void>()
    model.answerWith(tokensAnswer(['one', 'two'], { afterTokens: 1, until }))
    const asked = model.requests.length
    const url = `${server.url}/api/flows/chat/stream`
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'joined' }
    const post = () => fetch(url, { method: 'POST', headers, body: JSON.stringify(input) })
    const [first, second] = await Promise.all([post(), post()])
    goOn()
    expect(await second.text()).toBe(await first.text())
    expect(model.requests.length - asked).toBe(1)
  })

  it('[R15] counts for its flow, and is a conflict with another call or body', async () => {
    const first = await start('echo/run', 'taken')
    const conflict = { code: 'conflict', details: { runId: runIdOf(first) } }
    const other = await start('echo/run', 'taken', { ...input, prompt: 'other' })
    expect({ status: other.status, error: other.json.error }).toMatchObject({
      status: 409,
      error: conflict,
    })
    expect((await start('echo/submit', 'taken')).json.error).toMatchObject(conflict)
    expect(runIdOf(await start('other/run', 'taken'))).not.toBe(runIdOf(first))
  })

  it('[R15] that was refused may come again', async () => {
    expect((await start('late/run', 'early')).status).toBe(404)
    await server.call('POST', '/api/flows', { body: echoFlow('late') })
    expect((await start('late/run', 'early')).json).toBe('grind')
  })

  it('[R15] that could not be stored may come again, whatever is stored of it later', async () => {
    model.answerWith(endlessAnswer)
    const file = new DatabaseSync(join(server.directory, 'runs.db'))
    file.exec(`CREATE TRIGGER full BEFORE INSERT ON runs
      BEGIN SELECT raise(ABORT, 'database or disk is full'); END`)
    const first = await start('chat/stream', 'unlucky')
    expect([first.status, first.json.error.code]).toEqual([500, 'internal'])
    file.exec('DROP TRIGGER full')
    file.close()
    const before = await runsOf('chat')
    model.answerWith(tokensAnswer(['one']))
    const again = await start('chat/stream', 'unlucky')
    expect(again.text).toContain('"outcome":"completed"')
    expect(await runsOf('chat')).toBe(before + 1)
  })

  it('[R15] answers a failed run with its error again, and runs nothing anew', async () => {
    model.answerWith(errorAnswers.invalidKey('sk-1'))
    const asked = model.requests.length
    const first = await start('chat/stream', 'failing')
    const count = model.requests.length - asked
    const again = await start('chat/stream', 'failing')
    expect(first.text).toContain('provider_unauthorized')
    expect(again.text).toBe(first.text)
    expect(model.requests.length - asked).toBe(count)
  })

  it('[R15] finds its run after a restart, for as long as that is kept', async () => {
    const first = await start('echo/run', 'kept')
    await server.restart()
    const again = await start('echo/run', 'kept')
    expect(runIdOf(again)).toBe(runIdOf(first))
    expect(again.json).toBe('grind')
    await server.call('DELETE', `/api/runs/${runIdOf(first)}`)
    expect(runIdOf(await start('echo/run', 'kept'))).not.toBe(runIdOf(first))
  })

  it.each(['', 'é', 'x'.repeat(201)])('is refused when the key is "%s"', async (key) => {
    expect((await start('echo/run', key)).status).toBe(400)
  })
})
