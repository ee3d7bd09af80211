import { once } from 'node:events'
import { changedDocument, hostileTexts } from '@millrace/flow/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { chatFlow, echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

/** The corpus of `packages/flow`, a sample of it, put to a real server at each of its doors. */

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const sources = [
  JSON.stringify(echoFlow('fuzz')),
  JSON.stringify(chatFlow('fuzz', { layout: { nodes: { chat: [1, 2] } } })),
]
const changed = Array.from({ length: 60 }, (_, index) =>
  JSON.stringify(changedDocument(index + 1, sources)),
)
const texts = [...hostileTexts, ...changed]

const doors = {
  create: (body: string) => server.call('POST', '/api/flows', { body }),
  check: (body: string) => server.call('POST', '/api/flows/check', { body }),
  import: (body: string) => server.call('POST', '/api/flows/import', { body }),
  diff: (body: string) =>
    server.call('POST', '/api/flows/diff', { body: `{"before":${body},"after":${body}}` }),
}

it.each(Object.entries(doors))(
  '[F3] a broken document is answered, and never with a defect: %s',
  { timeout: 60_000 },
  async (_, call) => {
    const wrong: string[] = []
    for (const text of texts) {
      const { status, json } = await call(text)
      const isTyped = status < 400 || typeof json?.error?.code === 'string'
      if (status >= 500 || !isTyped) wrong.push(`${status} for ${text.slice(0, 200)}`)
    }
    expect(wrong).toEqual([])
  },
)

it(
  '[F3] a broken document starts no run over a WebSocket, or one that ends',
  { timeout: 60_000 },
  async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/live`)
    await once(socket, 'open')
    const wrong: string[] = []
    for (const [index, text] of changed.entries()) {
      const answer = lastFrame(socket)
      socket.send(`{"type":"start","ref":"${index}","flow":${text},"input":{"prompt":"Hi"}}`)
      const { error } = await answer
      if (error?.code === 'internal') wrong.push(`${error.message} for ${text.slice(0, 200)}`)
    }
    socket.close()
    expect(wrong).toEqual([])
  },
)

interface Frame {
  readonly type: string
  readonly error?: { readonly code: string; readonly message: string }
  readonly events?: readonly {
    readonly type: string
    readonly error?: { readonly code: string; readonly message: string }
  }[]
}

/** What the server says last of a start: that there is none, or how the run ended. */
function lastFrame(socket: WebSocket): Promise<Pick<Frame, 'error'>> {
  return new Promise((resolve) => {
    socket.on('message', function read(data: Buffer) {
      const frame = JSON.parse(data.toString()) as Frame // the server's contract
      const end = frame.events?.find(({ type }) => type === 'run-end')
      if (frame.type !== 'error' && end === undefined) return
      socket.off('message', read)
      resolve(end ?? frame)
    })
  })
}
