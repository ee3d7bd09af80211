import { once } from 'node:events'
import { expect, it } from 'vitest'
import { createServerLog } from '../server-log.ts'
import { openLiveClient } from '../testing/live-client.ts'
import { startTestServer } from '../testing/test-server.ts'
import { valuesFlow } from '../testing/values-flow.ts'
import { chatFlow } from '../testing/chat-flow.ts'

interface Line {
  readonly msg: string
  readonly requestId?: string
  readonly runId?: string
}

it('names the request and the run in every line about them, and nothing that they carry', async () => {
  const lines: Line[] = []
  const write = (line: string) => void lines.push(JSON.parse(line))
  const server = await startTestServer({}, createServerLog('debug', { write }))
  await server.call('POST', '/api/flows', { body: valuesFlow('values', ['a secret answer']) })
  await server.call('POST', '/api/flows', { body: chatFlow('broken') })
  lines.length = 0

  const input = { sessionId: 's', prompt: 'a secret question', context: '' }
  const headers = { authorization: 'Bearer a-secret-key' }
  const streamed = await server.call('POST', '/api/flows/values/stream', { body: input, headers })
  const runId = streamed.headers.get('x-run-id')
  await expect.poll(() => lines.map(({ msg }) => msg)).toContain('request answered')
  expect(lines.filter(({ msg }) => msg.startsWith('run'))).toEqual([
    expect.objectContaining({ msg: 'run started', runId, flowId: 'values', origin: 'client' }),
    expect.objectContaining({ msg: 'run ended', runId, flowId: 'values', outcome: 'completed' }),
  ])
  expect(lines.find(({ msg }) => msg === 'request answered')).toMatchObject({
    requestId: expect.any(String),
    runId,
    method: 'POST',
    path: '/api/flows/values/stream',
    status: 200,
    address: '127.0.0.1',
    isWhole: true,
  })

  const refused = await server.call('GET', '/api/flows/none')
  const { requestId } = refused.json.error
  await expect.poll(() => lines.filter((line) => line.requestId === requestId)).toHaveLength(2)

  const client = await openLiveClient(server.url)
  client.socket.close()
  await once(client.socket, 'close')
  await server.close()
  const unnamed = lines.filter((line) => line.requestId === undefined && line.runId === undefined)
  expect(unnamed).toEqual([])
  expect(JSON.stringify(lines)).not.toContain('secret')
})
