// Measures Millrace beside a hand-written server and a byte pipe, and prints ratios:
//
//   pnpm bench [--only baseline,pipe,millrace] [--scenario <part of a name>] [--rounds 3]
//
// Beside those, langgraph and ai-sdk are servers on these libraries, which are not installed with the
// workspace: npm ci --prefix bench/peers.
//
// In each round every target is started, loaded alone and stopped; a figure is the median of the
// rounds. Read the ratios: they hold from machine to machine, the figures do not.

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Measurement, idleRow, measure, metricsOf, rowOf, startRow } from './src/measure.ts'
import { isMoreBetter, scenarios as allScenarios } from './src/scenarios.ts'
import { startServerProcess } from './src/server-process.ts'
import { formatTable, median } from './src/table.ts'
import { defaultTargets, listeningAddress, targetOf } from './src/targets.ts'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: defaultTargets.join() },
    scenario: { type: 'string', default: '' },
    rounds: { type: 'string', default: '3' },
  },
})
const names = options.only.split(',')
const starts = names.map((name) => [name, targetOf(name)] as const)
const scenarios = allScenarios.filter(({ name }) => name.includes(options.scenario))
const rounds = Number(options.rounds)

await using provider = startServerProcess(join(import.meta.dirname, 'src/provider-server.ts'), {})
const providerUrl = `${await listeningAddress(provider)}/v1`

const measurements = new Map<string, Measurement[]>(names.map((name) => [name, []]))
for (let round = 0; round < rounds; round++) {
  // Each target is first in turn, so that none always runs on a machine still warm from another.
  const order = [...starts.slice(round % names.length), ...starts.slice(0, round % names.length)]
  for (const [name, start] of order) {
    console.log(`round ${round + 1} of ${rounds}: ${name}`)
    measurements.get(name)?.push(await measure(start, providerUrl, scenarios))
  }
}

const rowNames = [
  startRow,
  idleRow,
  ...scenarios.flatMap((s) => metricsOf(s).map((m) => rowOf(s, m))),
]
const rows = rowNames.map((name) => ({ name, figures: figuresOf(name) }))
console.log(`\n${formatTable(rows, names)}\n`)
printGoals()
printFaults()

function figuresOf(row: string): ReadonlyMap<string, readonly number[]> {
  return new Map(
    [...measurements].map(([name, list]) => [
      name,
      list.map(({ figures }) => figures.get(row) ?? Number.NaN),
    ]),
  )
}

function printGoals(): void {
  if (!names.includes('millrace') || !names.includes('baseline')) return
  for (const scenario of scenarios) {
    for (const metric of metricsOf(scenario)) {
      const row = rowOf(scenario, metric)
      const goal = scenario.metrics[metric] ?? Number.NaN
      const ratio = ratioOf('millrace', row)
      const reaches = (value: number) => (isMoreBetter(metric) ? value >= goal : value <= goal)
      // Where the load leaves cores idle, no server can be much faster than another.
      const isTold = !names.includes('pipe') || reaches(ratioOf('pipe', row))
      const verdict = reaches(ratio) ? 'reached' : isTold ? 'MISSED' : 'not even by the pipe here'
      const sign = isMoreBetter(metric) ? '≥' : '≤'
      console.log(`${row}: ${ratio.toFixed(2)}, goal ${sign} ${goal} × B: ${verdict}`)
    }
  }
}

function ratioOf(target: string, row: string): number {
  const figures = figuresOf(row)
  return median(figures.get(target) ?? []) / median(figures.get('baseline') ?? [])
}

/** A server that loses tokens is not fast. */
function printFaults(): void {
  for (const [name, list] of measurements) {
    for (const fault of new Set(list.flatMap(({ faults }) => faults))) {
      console.error(`${name} failed: ${fault}`)
      process.exitCode = 1
    }
  }
}
