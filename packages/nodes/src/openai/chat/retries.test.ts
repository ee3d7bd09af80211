import { fakeServices } from '@millrace/engine/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { UpstreamCall } from '../../http/upstream-call.ts'
import { fastForward, useFakeClock } from '../../testing/fake-clock.ts'
import {
  refuses,
  startProvider,
  type ProviderScript,
} from '../../testing/scripted-provider.server.ts'
import { openAiClient, requestOptions } from '../client.ts'

beforeEach(() => {
  useFakeClock()
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const services = fakeServices()

type Headers = Readonly<Record<string, string>>

/** Asks until the package gives up, and answers the waits between the attempts, in ms. */
async function waitsAt(url: string): Promise<readonly number[]> {
  const connection = { id: 'c', kind: 'openai', name: 'Test', fields: { baseUrl: url } }
  const call = new UpstreamCall('Test', new AbortController().signal)
  const asked = openAiClient(connection, services)
    .chat.completions.create({ model: 'm', messages: [] }, requestOptions(call, 'streamed'))
    .asResponse()
  await expect(fastForward(asked)).rejects.toThrow()
  call.close()
  return call.attempts
    .slice(1)
    .map(({ startedAt }, index) => startedAt - (call.attempts[index]?.endedAt ?? 0))
}

async function waits(script: ProviderScript): Promise<readonly number[]> {
  await using provider = await startProvider(script)
  return await waitsAt(provider.url)
}

const twice = (ms: number) => [ms, ms]
const ownWaits = [500, 1000]

describe('waits between attempts', () => {
  it.each<[string, Headers, readonly number[]]>([
    ['no header', {}, ownWaits],
    ['retry-after-ms', { 'retry-after-ms': '1234' }, twice(1234)],
    ['retry-after in seconds', { 'retry-after': '7' }, twice(7000)],
    ['retry-after with a fraction', { 'retry-after': '1.5' }, twice(1500)],
    ['both, the finer one', { 'retry-after': '7', 'retry-after-ms': '20' }, twice(20)],
    ['a minute', { 'retry-after': '60' }, twice(60_000)],
    ['more than a minute', { 'retry-after': '61' }, ownWaits],
    ['retry-after among spaces', { 'retry-after': '  7  ' }, twice(7000)],
    ['less than nothing', { 'retry-after': '-7' }, ownWaits],
    ['less than nothing, the finer one', { 'retry-after-ms': '-7' }, ownWaits],
    ['nothing in it', { 'retry-after': '' }, ownWaits],
    ['a date that is past', { 'retry-after': new Date(0).toUTCString() }, ownWaits],
    ['what is neither', { 'retry-after': 'soon' }, ownWaits],
    ['x-should-retry: true', { 'x-should-retry': 'true' }, ownWaits],
    ['x-should-retry: false', { 'x-should-retry': 'false' }, []],
  ])('[S40] [S41] are exact for a 429 with %s', async (_, headers, expected) => {
    expect(await waits(refuses(429, { message: 'x' }, headers))).toEqual(expected)
  })

  it.each([
    'Thu, 01 Jan 2026 00:00:10 GMT',
    'Thursday, 01-Jan-26 00:00:10 GMT',
    'Thu Jan  1 00:00:10 2026 GMT',
  ])('[S41] end at the date that a provider names: %s', async (date) => {
    vi.setSystemTime(new Date('2026-01-01T00:00:00Z'))
    const [first = 0] = await waits(refuses(503, { message: 'x' }, { 'retry-after': date }))
    // What passed until the first answer came counts.
    expect(first).toBeGreaterThan(9_000)
    expect(first).toBeLessThanOrEqual(10_000)
  })

  it('[S41] are up to a quarter shorter by chance', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1)
    expect(await waits(refuses(500, { message: 'x' }))).toEqual([375, 750])
  })

  it('[S40] [S42] are those of its status, for each status from 400 to 529', async () => {
    const statuses = Array.from({ length: 130 }, (_, index) => 400 + index)
    let status = 400
    let headers: Headers = {}
    await using provider = await startProvider((response, request, number) =>
      refuses(status, { message: 'x' }, headers)(response, request, number),
    )
    for (const [header, repeated] of [
      [{}, ownWaits],
      [{ 'retry-after-ms': '3' }, twice(3)],
    ] as const) {
      headers = header
      for (status of statuses) {
        const isRepeated = [408, 409, 429].includes(status) || status >= 500
        expect(await waitsAt(provider.url), String(status)).toEqual(isRepeated ? repeated : [])
      }
    }
  }, 60_000)

  it.each([
    [400, {}],
    [401, {}],
    [403, {}],
    [404, {}],
    [429, { code: 'insufficient_quota' }],
    [429, { type: 'insufficient_quota' }],
    [400, { code: 'context_length_exceeded' }],
    [500, { code: 'context_length_exceeded' }],
  ])('[S42] are none after %i %o, whatever the headers say', async (status, error) => {
    const headers = { 'x-should-retry': 'true', 'retry-after-ms': '1' }
    expect(await waits(refuses(status, { message: 'x', ...error }, headers))).toEqual([])
  })

  it('[S40] are made for another status when the provider says so', async () => {
    expect(await waits(refuses(422, { message: 'x' }, { 'x-should-retry': 'true' }))).toEqual(
      ownWaits,
    )
  })

  it('[S40] are made after a connection that broke before the answer', async () => {
    expect(await waits((response) => void response.socket?.destroy())).toEqual(ownWaits)
  })
})
