import { afterEach, expect, it, vi } from 'vitest'
import { readRunEvents } from './runs-api.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

it('gives the events before a failure of the log, and fails with what the server says of it', async () => {
  const start = { seq: 1, at: 0, type: 'node-start', visit: 1, nodeId: 'a' }
  const error = { code: 'resume_gap', message: 'Some events are no longer kept.' }
  const body = `${JSON.stringify(start)}\n${JSON.stringify({ error })}\n`
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body)))
  const events: unknown[] = []
  const reading = async () => {
    for await (const batch of readRunEvents('run-1', new AbortController().signal)) {
      events.push(...batch)
    }
  }
  await expect(reading()).rejects.toMatchObject(error)
  expect(events).toEqual([start])
})
