import { serializeFlow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { chatFlow } from '../testing/chat-flow.ts'
import { wishedRetention } from './wished-retention.ts'

it('takes the limits of the operator, and what flows wish that can be read', async () => {
  const wishing = (id: string, text: string) => ({ id, text, revision: 1, updatedAt: 1 })
  const chat = { ...chatFlow('chat'), settings: { keepRuns: { days: 2 } } }
  const retention = await wishedRetention({
    settings: { keepRuns: 5, keepDays: 1, keepMegabytes: 3 },
    flows: {
      containing: async () => [
        wishing('chat', serializeFlow(chat)),
        wishing('damaged', '{ "keepRuns"'),
        wishing('other', serializeFlow({ ...chatFlow('other'), name: '"keepRuns"' })),
      ],
    },
  })
  expect(retention).toEqual({
    runs: 5,
    age: 86_400_000,
    bytes: 3_145_728,
    flows: [{ flowId: 'chat', runs: undefined, age: 172_800_000 }],
  })
})
