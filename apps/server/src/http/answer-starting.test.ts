import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { answerStarting } from './answer-starting.ts'

it('answers 503 while the server starts: health in its own ways, all else with a typed error', async () => {
  const server = createServer(answerStarting)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is never a text
  const health = await fetch(`http://127.0.0.1:${port}/api/health`)
  expect([health.status, await health.json()]).toEqual([
    503,
    { status: 'starting', version: '0.1.0' },
  ])
  const ready = await fetch(`http://127.0.0.1:${port}/api/health/ready`)
  expect(ready.status).toBe(503)
  const live = await fetch(`http://127.0.0.1:${port}/api/health/live`)
  expect([live.status, await live.json()]).toEqual([200, { status: 'ok', version: '0.1.0' }])
  const other = await fetch(`http://127.0.0.1:${port}/api/flows/x/stream`, { method: 'POST' })
  expect([other.status, other.headers.get('retry-after'), await other.json()]).toEqual([
    503,
    '1',
    {
      error: {
        code: 'database_unavailable',
        message: 'The server is starting and opens its stores. Try again in a moment.',
        requestId: expect.stringMatching(/^[0-9a-f]{8}-/),
      },
    },
  ])
  server.close()
  server.closeAllConnections()
})
