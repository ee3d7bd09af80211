import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import express from 'express'
import { expect, it } from 'vitest'
import { whileWaited } from './while-waited.ts'

it('is aborted when its caller leaves, and not when what they sent was read', async () => {
  const waiting = Promise.withResolvers<AbortSignal>()
  const app = express().post('/', async (asked, response) => {
    const signal = whileWaited(response)
    // The request closes once its body was read, which says nothing about its caller.
    await Promise.all([once(asked, 'close'), text(asked)])
    waiting.resolve(signal)
  })
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is never a text
  const asking = request({ port, host: '127.0.0.1', method: 'POST' }).end('{}')
  asking.on('error', () => undefined)
  const signal = await waiting.promise
  expect(signal.aborted).toBe(false)
  asking.destroy()
  await once(signal, 'abort')
  expect(signal.reason).toMatchObject({ code: 'cancelled' })
  server.close()
  await once(server, 'close')
})
