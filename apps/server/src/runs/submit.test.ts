import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Flow } from '@millrace/flow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  for (const body of [echoFlow('echo'), patient]) await server.call('POST', '/api/flows', { body })
})
afterAll(() => server.close())

/** Yields, then waits for longer than any test; it is stopped at once when its last reader leaves. */
const patient: Flow = {
  format: 'millrace/flow',
  version: 1,
  id: 'patient',
  name: 'Patient',
  nodes: [
    { id: 'yield', type: 'flow.yieldReturn', properties: { value: 'begun' } },
    { id: 'wait', type: 'flow.wait', properties: { duration: 60, unit: 'minutes' } },
  ],
  edges: [{ from: ['yield', 'next'], to: 'wait' }],
  settings: { onDisconnect: 'cancel' },
}

const submit = async (flow: string, body: unknown = {}) => {
  const answer = await server.call('POST', `/api/flows/${flow}/submit`, { body })
  return { ...answer, runId: String(answer.json.runId) }
}
const stateOf = async (runId: string) => (await server.call('GET', `/api/runs/${runId}`)).json

/** The row of a run as another process would find it, were this one gone. */
function storedState(runId: string): unknown {
  const file = new DatabaseSync(join(server.directory, 'runs.db'), { readOnly: true })
  try {
    return file.prepare('SELECT state FROM runs WHERE id = ?').get(runId)
  } finally {
    file.close()
  }
}

describe('POST /api/flows/{id}/submit', () => {
  it('[R13] answers with the run once its start is stored', async () => {
    const { status, headers, json, runId } = await submit('patient')
    expect(storedState(runId)).toEqual({ state: 'running' })
    expect({ status, json }).toEqual({ status: 202, json: { runId } })
    expect(headers.get('x-run-id')).toBe(runId)
    expect(headers.get('location')).toBe(`/api/runs/${runId}`)
    await server.call('POST', `/api/runs/${runId}/stop`)
  })

  it('tells later how the run stands, with its result', async () => {
    const { runId } = await submit('echo', { prompt: 'Hi' })
    await server.call('GET', `/api/runs/${runId}/stream`)
    expect(await stateOf(runId)).toMatchObject({ flowId: 'echo', state: 'completed', result: 'Hi' })
  })

  it('[R13] goes on when whoever followed it leaves, and can be followed again', async () => {
    const { runId } = await submit('patient')
    for (const _ of ['first', 'second']) {
      const answer = await fetch(`${server.url}/api/runs/${runId}/stream`)
      const reader = answer.body?.getReader()
      const { value } = (await reader?.read()) ?? {}
      expect(new TextDecoder().decode(value)).toContain('data: "begun"')
      await reader?.cancel()
    }
    expect((await stateOf(runId)).state).toBe('running')
    const { json } = await server.call('POST', `/api/runs/${runId}/stop`)
    expect(json).toMatchObject({ id: runId, state: 'cancelled' })
  })

  it('starts nothing with an input that the trigger does not take', async () => {
    const { status, json } = await submit('echo', { prompt: 3 })
    expect({ status, code: json.error.code }).toEqual({ status: 422, code: 'input_invalid' })
  })

  it('[R13] is interrupted when its server goes', async () => {
    const { runId } = await submit('patient')
    await server.restart()
    expect(await stateOf(runId)).toMatchObject({ state: 'interrupted' })
  })
})
