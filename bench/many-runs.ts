// Measures what a server holds on to of the runs that it had, half of which were aborted:
//
//   pnpm bench:many-runs [--runs 10000]

import { once } from 'node:events'
import { Agent, request as call, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { create, flow, startMillrace } from './src/millrace.ts'
import { holdReports, startServerProcess } from './src/server-process.ts'
import { listeningAddress } from './src/targets.ts'
import { promptOf } from './src/workload.ts'

const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '10000' } } })
const runs = Number(options.runs)
/** So many before the first look: caches are full and code is compiled. */
const warmUpRuns = 2000
const atOnce = 50

await using provider = startServerProcess(join(import.meta.dirname, 'src/provider-server.ts'), {})
const providerUrl = `${await listeningAddress(provider)}/v1`
await using millrace = await startMillrace(providerUrl, {
  script: join(import.meta.dirname, '../apps/server/src/main.ts'),
  nodeOptions: holdReports,
})
const { origin } = new URL(millrace.url)
await create(`${origin}/api/flows`, {
  ...flow,
  id: 'left',
  settings: { onDisconnect: 'cancel' },
})

await load(warmUpRuns)
const before = await millrace.process.held()
await load(runs)
const after = await millrace.process.held()
const perRun = (after.heapBytes - before.heapBytes) / runs
console.log(`${runs} runs, half of them aborted`)
console.log(`heap: ${mega(before.heapBytes)} MB, then ${mega(after.heapBytes)} MB`)
console.log(`per run: ${perRun.toFixed(0)} bytes (goal: at most 205)`)
console.log(`handles: ${before.handles}, then ${after.handles}`)
if (perRun > 205 || after.handles > before.handles + 5) process.exitCode = 1

async function load(count: number): Promise<void> {
  const agent = new Agent({ keepAlive: true })
  let started = 0
  const worker = async () => {
    while (started < count) {
      started += 1
      await run(started, agent)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  agent.destroy()
  // Everything is stored and packed, and idle connections to the provider are closed.
  await wait(10_000)
}

/** Every second client leaves at its first token. */
async function run(number: number, agent: Agent): Promise<void> {
  const request = call(`${origin}/api/flows/left/stream`, {
    agent,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  })
  request.end(
    JSON.stringify({ sessionId: String(number), prompt: promptOf({ tokens: 20, delayMs: 1 }) }),
  )
  const [response] = (await once(request, 'response')) as [IncomingMessage] // of this request
  response.resume()
  await once(response, number % 2 === 0 ? 'data' : 'end')
  if (number % 2 === 0) request.destroy()
}

function mega(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
