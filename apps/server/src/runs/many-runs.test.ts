import { once } from 'node:events'
import { request } from 'node:http'
import { rounds, roundsTimeout } from '@millrace/engine/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chatFlow } from '../testing/chat-flow.ts'
import { tokensAnswer } from '../testing/fake-model.ts'
import { startServerWithModel, type ServerWithModel } from '../testing/server-with-model.ts'

/** What a server holds on to in memory is measured by `pnpm bench:many-runs`, in a process of its own. */
const runs = rounds({ short: 200, long: 10_000 })
const atOnce = 10

let all: ServerWithModel
beforeAll(async () => {
  all = await startServerWithModel()
  all.model.answerWith(tokensAnswer(['one', 'two', 'three']))
  const flow = chatFlow('chat', { settings: { onDisconnect: 'cancel' } })
  await all.server.call('POST', '/api/flows', { body: flow })
})
afterAll(() => all.close())

/** Every second client leaves at the first bytes. */
async function run(number: number): Promise<void> {
  const asking = request(`${all.server.url}/api/flows/chat/stream`, {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json' },
  }).end('{"sessionId":"s","prompt":"Hi"}')
  const [answer] = await once(asking, 'response')
  answer.resume()
  await once(answer, number % 2 === 0 ? 'data' : 'end')
  asking.destroy()
}

async function runMany(count: number): Promise<void> {
  let started = 0
  const work = async () => {
    while (started < count) {
      started += 1
      await run(started)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  await expect
    .poll(async () => (await all.server.call('GET', '/api/runs?state=running')).json.runs)
    .toEqual([])
}

/** Sockets and timers that keep this process, with the server in it. */
function held(): number {
  return process.getActiveResourcesInfo().filter((kind) => /^(?:TCP|Timeout)/.test(kind)).length
}

it(
  'holds on to no socket and no timer of runs that are over, half of which were left',
  { timeout: roundsTimeout },
  async () => {
    await runMany(50)
    const before = held()
    await runMany(runs)
    // Connections to the model are kept for a while, no more of them than ran at once.
    await expect.poll(held, { timeout: 10_000 }).toBeLessThanOrEqual(before + atOnce)
  },
)
