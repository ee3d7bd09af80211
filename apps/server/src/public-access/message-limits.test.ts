import { beforeEach, expect, it } from 'vitest'
import { createMessageLimits, type MessageLimits } from './message-limits.ts'

let now: number
let limits: MessageLimits
beforeEach(() => {
  now = 60_000
  limits = createMessageLimits({ countMessage: async () => 1 }, () => now)
})

const message = { flowId: 'chat', network: '::1', visitorId: 'v1', sessionId: 's1' }
const room = { perMinute: 2, perSession: 100, perDay: 100 }

it('limits the minute of an address, whoever asks from it, and says when it goes on', async () => {
  await limits.expectRoom(message, room)
  await limits.expectRoom({ ...message, visitorId: 'v2' }, room)
  now += 15_000
  await expect(limits.expectRoom(message, room)).rejects.toMatchObject({
    code: 'rate_limited',
    retryable: true,
    details: { limit: 'minute', retryAfter: 45 },
  })
  now += 45_000
  await expect(limits.expectRoom(message, room)).resolves.toBeUndefined()
})

it('counts each address and each flow by itself', async () => {
  const messages = [message, { ...message, network: '::2' }, { ...message, flowId: 'other' }]
  const asked = messages.map((one) => limits.expectRoom(one, { ...room, perMinute: 1 }))
  expect(await Promise.all(asked)).toEqual([undefined, undefined, undefined])
})
