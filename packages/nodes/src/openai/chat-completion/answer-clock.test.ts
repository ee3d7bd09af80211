import { afterEach, expect, it, vi } from 'vitest'
import { runWhole } from '../../testing/ask-chat-node.server.ts'
import { wholeAnswer } from '../../testing/chunks.ts'
import { useFakeClock } from '../../testing/fake-clock.ts'
import { answers, startProvider } from '../../testing/scripted-provider.server.ts'

// A file of its own: undici holds on to the clock that it saw first.

afterEach(() => {
  vi.useRealTimers()
})

it('[S46] waits for an answer that takes longer than a stream may take to begin', async () => {
  useFakeClock()
  const arrival = Promise.withResolvers<void>()
  const ready = Promise.withResolvers<void>()
  await using provider = await startProvider(async (...exchange) => {
    arrival.resolve()
    await ready.promise
    await answers(wholeAnswer('Hello'))(...exchange)
  })
  const running = runWhole({ url: provider.url })
  await arrival.promise
  // For longer than undici would wait by itself, which is 300 seconds.
  await vi.advanceTimersByTimeAsync(1_000_000)
  ready.resolve()
  expect((await running).response).toMatchObject({ content: 'Hello' })
})
