import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { LoadOptions, LoadResult } from './load-client.ts'
import { type Metric, type Scenario, warmUp } from './scenarios.ts'
import type { ServerProcess, Usage } from './server-process.ts'
import type { StartTarget } from './targets.ts'

/** What one target did in one round: figures by row name, and loads that were not completed. */
export interface Measurement {
  readonly figures: ReadonlyMap<string, number>
  readonly faults: readonly string[]
}

/** The rows that need no load. */
export const startRow = 'start to first answer, ms'
export const idleRow = 'idle memory, MB'

/** The row of a metric of a scenario. */
export function rowOf(scenario: Scenario, metric: Metric): string {
  return `${scenario.name}: ${metricLabels[metric]}`
}

/** Starts a target, puts each load on it in turn and stops it. */
export async function measure(
  start: StartTarget,
  providerUrl: string,
  scenarios: readonly Scenario[],
): Promise<Measurement> {
  await using target = await start(providerUrl)
  const figures = new Map([[startRow, target.startMs]])
  await wait(1500) // What the start left behind is collected before the memory is read.
  figures.set(idleRow, (await target.process.usage()).memoryBytes / 1e6)

  const faults: string[] = []
  for (const workload of warmUp) await load({ url: target.url, workload })
  for (const scenario of scenarios) {
    const { result, used } = await measuredLoad(target.process, target.url, scenario)
    const { streams, repeat } = scenario.workload
    if (result.complete < streams * repeat) {
      const share = `${result.complete} of ${streams * repeat} streams complete`
      faults.push(`${scenario.name}: ${share}; first fault: ${result.firstFault}`)
    }
    const values = valuesOf(scenario, result, used)
    for (const metric of metricsOf(scenario)) figures.set(rowOf(scenario, metric), values[metric])
  }
  return { figures, faults }
}

/** The metrics of a scenario, in the order of their rows. */
export function metricsOf({ metrics }: Scenario): Metric[] {
  return Object.keys(metrics) as Metric[] // `metrics` is a literal with no other keys.
}

const metricLabels = {
  cpuPerToken: 'CPU per token, µs',
  cpuPerRequest: 'CPU per request, µs',
  tokensPerSecond: 'tokens/s',
  firstTokenMs: 'first token, ms',
  peakMemory: 'peak memory, MB',
} satisfies Record<Metric, string>

function valuesOf(
  { workload: { streams, tokens, repeat } }: Scenario,
  { tokensPerSecond, firstTokenMs }: LoadResult,
  { cpuSeconds, peakMemoryBytes }: Usage,
): Record<Metric, number> {
  return {
    cpuPerToken: (cpuSeconds * 1e6) / (streams * tokens * repeat),
    cpuPerRequest: (cpuSeconds * 1e6) / (streams * repeat),
    tokensPerSecond,
    firstTokenMs,
    peakMemory: peakMemoryBytes / 1e6,
  }
}

async function measuredLoad(server: ServerProcess, url: string, { workload }: Scenario) {
  const before = await server.usage()
  const result = await load({ url, workload })
  const after = await server.usage()
  return { result, used: { ...after, cpuSeconds: after.cpuSeconds - before.cpuSeconds } }
}

const loadClient = join(import.meta.dirname, 'load-client.ts')

/** Puts a load on a server, from a process of its own. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const args = [loadClient, JSON.stringify(options)]
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 120_000 })
  return JSON.parse(stdout) as LoadResult // The last thing load-client.ts does is to print it.
}
