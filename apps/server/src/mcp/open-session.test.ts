import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { FlowError } from '@millrace/flow'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectMcp } from '../testing/mcp-client.ts'
import { openSession } from './open-session.ts'
import { watchLeaving } from './watch-leaving.ts'

/** Opens a session for the official client, on a server of its own. */
async function serve(options: Pick<Parameters<typeof openSession>[0], 'tools' | 'calls'>) {
  const caller = { principal: { kind: 'open' } } as const
  const session = await openSession({ ...options, caller, onOpen: () => undefined })
  server = createServer((request, response) => {
    void answer(request, response)
  })
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: unknown = request.method === 'POST' ? await json(request) : undefined
    open += 1
    response.once('close', () => {
      open -= 1
    })
    watchLeaving(session, { body, response: response as never }) // only what Node.js has is used
    await session.transport.handleRequest(request, response, body)
  }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is never a text
  client = (await connectMcp({ url: `http://127.0.0.1:${port}` })).client
}

let logged: unknown[]
/** How many answers are not over. */
let open = 0
let server: Server
let client: Client
beforeEach(() => {
  logged = []
})
afterEach(async () => {
  await client.close()
  server.close()
})

const logger = { error: (line: object) => logged.push(line) }

function serveFailing(failure: unknown): Promise<void> {
  const fail = () => Promise.reject(failure)
  // No call gets further.
  return serve({ tools: { list: fail, find: fail }, calls: { logger } as never })
}

it('logs a defect, and tells the client no word of it', async () => {
  const failure = new Error('SQLITE_BUSY at /var/lib/secret')
  await serveFailing(failure)
  const told = { code: -32_603, message: expect.not.stringContaining('SQLITE') as string }
  await expect(client.listTools()).rejects.toMatchObject(told)
  await expect(client.callTool({ name: 'a' })).rejects.toMatchObject(told)
  expect(logged).toEqual([{ err: failure }, { err: failure }])
})

it('says why a caller is refused, and logs nothing of it', async () => {
  const message = 'This API key is for the environment "test" alone.'
  await serveFailing(new FlowError('forbidden', message))
  const told = { code: -32_602, message: expect.stringContaining('"test" alone') as string }
  await expect(client.listTools()).rejects.toMatchObject(told)
  expect(logged).toEqual([])
})

it('lets a run know at once that its caller left while its flow was looked for', async () => {
  const happened: string[] = []
  const looked = Promise.withResolvers<never>()
  const asked = Promise.withResolvers<void>()
  const followed = Promise.withResolvers<void>()
  await serve({
    tools: {
      list: async () => [],
      find() {
        asked.resolve()
        return looked.promise
      },
    },
    calls: {
      logger,
      runs: { start: async () => ({ id: 'run' }) },
      readers: { enter: () => () => happened.push('left') },
      log: {
        listen() {
          happened.push('followed')
          followed.resolve()
          throw new Error('It is followed no further.')
        },
      },
    } as never, // only this much of them is used
  })
  const call = client.callTool({ name: 'a' }).catch(() => undefined)
  await asked.promise
  await client.close()
  server.closeAllConnections()
  await call
  await expect.poll(() => open).toBe(0)
  looked.resolve({} as never) // a flow, at which nobody looks
  await followed.promise
  expect(happened.slice(0, 2)).toEqual(['left', 'followed'])
})
