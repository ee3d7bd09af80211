import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { runStreaming } from '../../testing/ask-chat-node.server.ts'
import { useFakeClock } from '../../testing/fake-clock.ts'

// A file of its own: undici holds on to the clock that it saw first.

afterEach(() => {
  vi.useRealTimers()
})

it('[S45] waits 10 seconds for a connection, and tries only once', async () => {
  useFakeClock()
  // It takes the connection, but never shakes hands.
  const arrived = Promise.withResolvers<void>()
  const server = createServer(() => arrived.resolve())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const running = runStreaming({ url: `https://127.0.0.1:${port}/v1` })
  let isOver = false
  void running.then(() => (isOver = true))
  await arrived.promise
  await vi.advanceTimersByTimeAsync(9_000)
  expect(isOver).toBe(false)
  await vi.advanceTimersByTimeAsync(3_000)
  const { error, calls } = await running
  server.close()
  expect(error).toMatchObject({
    code: 'provider_unreachable',
    property: 'connection',
    message:
      '"Test provider" did not take a connection within 10 seconds. Check the base URL of the connection, and whether the server runs.',
  })
  expect(calls).toHaveLength(1)
})
