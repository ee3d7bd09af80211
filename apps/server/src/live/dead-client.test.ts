import { once } from 'node:events'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { chatFlow } from '../testing/chat-flow.ts'
import { endlessAnswer } from '../testing/fake-model.ts'
import { openLiveClient } from '../testing/live-client.ts'
import { startServerWithModel, type ServerWithModel } from '../testing/server-with-model.ts'

let world: ServerWithModel
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  world = await startServerWithModel()
})
afterEach(async () => {
  await world.close()
  vi.useRealTimers()
})

it('leaves a client that answers no ping, as one whose network is gone, and ends its run', async () => {
  const { server, model } = world
  model.answerWith(endlessAnswer)
  const body = chatFlow('chat', { settings: { onDisconnect: 'cancel' } })
  await server.call('POST', '/api/flows', { body })
  const dead = new WebSocket(`${server.url.replace('http', 'ws')}/api/live`, { autoPong: false })
  await once(dead, 'open')
  const input = { sessionId: 's1', prompt: 'Hi' }
  dead.send(JSON.stringify({ type: 'start', ref: 'a', flowId: 'chat', input, view: 'client' }))
  await expect.poll(() => model.requests.length).toBe(1)

  const living = await openLiveClient(server.url)
  const pinged = [once(dead, 'ping'), once(living.socket, 'ping')]
  vi.advanceTimersByTime(15_000)
  await Promise.all(pinged)
  // Its answer to the ping is there before this.
  living.send({ type: 'ping' })
  await living.frame('pong')

  const closed = once(dead, 'close')
  vi.advanceTimersByTime(15_000)
  await closed
  expect(await model.requests[0]?.ended).toMatchObject({ how: 'client-left' })
  expect(living.socket.readyState).toBe(WebSocket.OPEN)
  living.socket.terminate()
})
