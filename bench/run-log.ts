// Measures what storing the log of runs costs, beside the same server with a log that stores nothing:
//
//   pnpm bench:log [--rounds 5]
//
// Both run at the same time under the same load, so that whatever else the machine does slows both.
// Read the ratio of their CPU times, threads and packing included: storing may cost at most 15 %.

import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { load } from './src/measure.ts'
import { startMillrace } from './src/millrace.ts'
import { startServerProcess } from './src/server-process.ts'
import { warmUp } from './src/scenarios.ts'
import { median } from './src/table.ts'
import { listeningAddress, type RunningTarget } from './src/targets.ts'
import type { Workload } from './src/workload.ts'

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })
const rounds = Number(options.rounds)
const workloads: Readonly<Record<string, Workload>> = {
  '100 streams, 200 tokens, 10 ms': { streams: 100, tokens: 200, delayMs: 10, repeat: 3 },
  '300 streams, 100 tokens, 20 ms': { streams: 300, tokens: 100, delayMs: 20, repeat: 2 },
}
/** Entries are stored a tenth of a second later, and packed after that. */
const settlingMs = 1500

await using provider = startServerProcess(join(import.meta.dirname, 'src/provider-server.ts'), {})
const providerUrl = `${await listeningAddress(provider)}/v1`
const ratios = new Map<string, number[]>(Object.keys(workloads).map((name) => [name, []]))
for (let round = 0; round < rounds; round += 1) await measureRound()
for (const [name, ofRounds] of ratios) {
  const cost = (median(ofRounds) - 1) * 100
  console.log(`${name}: storing costs ${cost.toFixed(1)} % of CPU, goal ≤ 15 %`)
}

async function measureRound(): Promise<void> {
  await using unstored = await startMillrace(providerUrl, {
    script: join(import.meta.dirname, 'src/unstored-server.ts'),
  })
  await using stored = await startMillrace(providerUrl, {
    script: join(import.meta.dirname, '../apps/server/src/main.ts'),
  })
  const perToken = (workload: Workload) =>
    Promise.all([unstored, stored].map((target) => cpuPerToken(target, workload)))
  for (const workload of warmUp) await perToken(workload)
  for (const [name, workload] of Object.entries(workloads)) {
    const [plain = Number.NaN, logged = Number.NaN] = await perToken(workload)
    ratios.get(name)?.push(logged / plain)
    console.log(`${name}: ${plain.toFixed(1)} µs a token, ${logged.toFixed(1)} µs stored`)
  }
}

async function cpuPerToken(target: RunningTarget, workload: Workload): Promise<number> {
  const before = await target.process.usage()
  const { firstFault, complete } = await load({ url: target.url, workload })
  if (firstFault !== undefined) console.error(`a stream failed: ${firstFault}`)
  await wait(settlingMs)
  const after = await target.process.usage()
  return ((after.cpuSeconds - before.cpuSeconds) * 1e6) / (complete * workload.tokens)
}
