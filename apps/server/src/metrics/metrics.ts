import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { FlowError } from '@millrace/flow'
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { ObserveRun } from '../runs/run-observer.ts'
import type { ServerLimits } from '../server-limits.ts'
import { createRunMetrics } from './run-metrics.ts'

/** What the server counts of itself, as Prometheus reads it. */
export interface Metrics {
  readonly observeRun: ObserveRun
  /** Counts a request that was answered. */
  answered(status: number): void
  /** Counts a request or a frame that was refused because of a limit. */
  refused(error: FlowError): void
  /** Counts events of runs that could not be stored. */
  lost(): void
  readonly contentType: string
  /** All of it, as it is now. */
  text(): Promise<string>
}

type KeptLimit =
  | 'keptRuns'
  | 'keptDays'
  | 'keptMegabytes'
  | 'keptRevisions'
  | 'keptRevisionMegabytes'

interface Options {
  /** Of the data. */
  readonly directory: string
  readonly activeRuns: () => number
  readonly sockets: () => number
  readonly limits: ServerLimits & Readonly<Record<KeptLimit, number>>
}

/** The files whose growth fills a disk, with what SQLite has yet to put into them. */
const storeFiles = ['millrace.db', 'runs.db'].flatMap((name) => [name, `${name}-wal`])

export function createMetrics({ directory, activeRuns, sockets, limits }: Options): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'millrace_http_requests_total',
    help: 'Requests answered, by the class of their status.',
    labelNames: ['status'],
    registers,
  })
  const limitsHit = new Counter({
    name: 'millrace_limits_hit_total',
    help: 'Requests refused because of a limit, by the code of the error and the limit.',
    labelNames: ['code', 'limit'],
    registers,
  })
  const losses = new Counter({
    name: 'millrace_log_losses_total',
    help: 'How often events of runs could not be stored.',
    registers,
  })
  new Gauge({
    name: 'millrace_active_runs',
    help: 'Runs that go on, called ones too.',
    registers,
    collect() {
      this.set(activeRuns())
    },
  })
  new Gauge({
    name: 'millrace_live_sockets',
    help: 'Open sockets of /api/live.',
    registers,
    collect() {
      this.set(sockets())
    },
  })
  new Gauge({
    name: 'millrace_store_bytes',
    help: 'Sizes of the files of the data directory that grow; runs.db holds the logs of runs.',
    labelNames: ['file'],
    registers,
    collect() {
      for (const file of storeFiles) this.set({ file }, sizeOf(join(directory, file)))
    },
  })
  const limit = new Gauge({
    name: 'millrace_limit',
    help: 'How much the server takes, by the limit.',
    labelNames: ['limit'],
    registers,
  })
  for (const [name, max] of Object.entries(limits)) limit.set({ limit: name }, max)

  return {
    observeRun: createRunMetrics(registers),
    answered: (status) => requests.inc({ status: `${Math.floor(status / 100)}xx` }),
    refused({ code, details }) {
      const isLimit = code === 'rate_limited' || code === 'limit_exceeded'
      if (isLimit) limitsHit.inc({ code, limit: String(details?.['limit'] ?? 'other') })
    },
    lost: () => losses.inc(),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
