import { once } from 'node:events'
import {
  createServer,
  get,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { FlowError } from '@millrace/flow'
import { createMemoryRunLog, LogEntry, type RunLog } from '@millrace/engine'
import express from 'express'
import pino from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHeartbeat } from '../http/heartbeat.ts'
import { valuesAsNdjson } from './framings.ts'
import { createReaders } from './readers.ts'
import { sendRun } from './send-run.ts'

let log: RunLog
let server: Server
let url: string
/** The responses on their way, as the server sees them. */
let responses: ServerResponse[]
let stallMs: number
beforeEach(async () => {
  log = createMemoryRunLog()
  responses = []
  stallMs = 30_000
  const app = express()
  app.get('/:after{/:view}', (request, response) => {
    responses.push(response)
    const sending = {
      log,
      readers: createReaders(() => () => undefined),
      heartbeat: createHeartbeat(15_000),
      logger: pino({ level: 'silent' }),
      stallMs,
    }
    const after = Number(request.params.after)
    void sendRun(sending, response, {
      runId: 'run',
      after,
      view: request.params.view === 'visitor' ? 'visitor' : 'client',
      framing: valuesAsNdjson('run'),
    })
  })
  server = createServer(app).listen(0)
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on a port
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const kilobyte = 'x'.repeat(1024)

/** So many yields of so many kilobytes, then the end of the run. */
function entriesOf(count: number, kilobytes: number): readonly LogEntry[] {
  const value = kilobyte.repeat(kilobytes)
  const common = { at: 1, visit: 1 }
  const valueJson = JSON.stringify(value)
  return [
    ...Array.from(
      { length: count },
      (_, index) =>
        new LogEntry({ ...common, seq: index + 1, type: 'run-yield', value }, { valueJson }),
    ),
    new LogEntry({ seq: count + 1, at: 1, type: 'run-end', outcome: 'completed', usage: null }),
  ]
}

async function read(after: number): Promise<IncomingMessage> {
  const [message] = (await once(get(`${url}/${after}`), 'response')) as [IncomingMessage]
  return message
}

it('[L3] lets little wait for a reader that takes nothing, however much is appended at once', async () => {
  const entries = entriesOf(2000, 16)
  log.append('run', entries.slice(0, 1))
  const slow = await read(0)
  const quick = await read(0)
  const whole = text(quick)
  log.append('run', entries.slice(1))
  const [response] = responses
  expect(response?.writableLength).toBeGreaterThan(0)
  let most = 0
  const measure = setInterval(() => {
    most = Math.max(most, response?.writableLength ?? 0)
  }, 1)
  const lines = await whole
  clearInterval(measure)
  expect(most).toBeLessThan(512 * 1024)
  expect(await text(slow)).toBe(lines)
})

it('leaves a reader that takes nothing for too long, and goes on exactly where it was when it comes back', async () => {
  stallMs = 50
  const entries = entriesOf(1500, 16)
  log.append('run', entries)
  const stalled = await read(0)
  const [response] = responses
  if (response?.closed === false) await once(response, 'close')
  let got = ''
  stalled.setEncoding('utf8').on('data', (piece: string) => {
    got += piece
  })
  await once(stalled, 'error')
  const had = got.slice(0, got.lastIndexOf('\n') + 1)
  const last = had.split('\n').length - 1
  expect(last).toBeLessThan(1500)
  const whole = await text(await read(0))
  expect(had + (await text(await read(last)))).toBe(whole)
})

it('gives requests that one connection sends at once their answers one after another, and to one of HTTP/1.0 without chunks', async () => {
  const [first, ...others] = entriesOf(2, 1)
  const socket = connect(Number(new URL(url).port))
  const received = text(socket)
  socket.write('GET /0 HTTP/1.1\r\nHost: a\r\n\r\nGET /1 HTTP/1.1\r\nHost: a\r\n\r\n')
  socket.write('GET /2 HTTP/1.0\r\n\r\n')
  log.append('run', first === undefined ? [] : [first])
  await expect.poll(() => responses.length).toBe(3)
  log.append('run', others)
  const [, ...answers] = (await received).split('HTTP/1.1 200 OK')
  expect(answers.map((answer) => answer.match(/"seq":\d|"end"|chunked/g))).toEqual([
    ['chunked', '"seq":1', '"seq":2', '"end"'],
    ['chunked', '"seq":2', '"end"'],
    ['"end"'],
  ])
})

it('[L3] serves others while a reader that takes nothing ends its side of the connection', async () => {
  const [first, large, ...others] = entriesOf(3, 16 * 1024)
  const given = (entry: LogEntry | undefined) => (entry === undefined ? [] : [entry])
  log.append('run', given(first))
  const socket = connect({ port: Number(new URL(url).port), allowHalfOpen: true })
  socket.pause().write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\n')
  await expect.poll(() => responses.length).toBe(1)
  const [response] = responses
  log.append('run', given(large))
  await expect.poll(() => response?.writableLength).toBeGreaterThan(0)
  socket.end()
  await expect.poll(() => response?.socket?.writableEnded).toBe(true)
  log.append('run', others)
  expect((await text(await read(3))).trim()).toContain('"end"')
  socket.destroy()
})

it('says why a stream cannot go on, to a visitor without words for operators', async () => {
  const message = 'The disk of the mill is full.'
  log = { ...log, read: () => Promise.reject(new FlowError('database_failed', message)) }
  expect(await text(await read(0))).toContain(message)
  const [told] = (await once(get(`${url}/0/visitor`), 'response')) as [IncomingMessage]
  expect(JSON.parse(await text(told)).error).toMatchObject({
    code: 'internal',
    message: expect.stringContaining('The chat could not answer'),
  })
})
