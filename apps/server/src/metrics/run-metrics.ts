import type { LogEntry } from '@millrace/engine'
import type { RunEvent } from '@millrace/flow'
import { Counter, Histogram, type Registry } from 'prom-client'
import type { ObserveRun } from '../runs/run-observer.ts'

/** From what a person does not notice to what a client gives up on, in seconds. */
const waits = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** Counts runs by their events. No flow, node or model is a label: their number has no bound. */
export function createRunMetrics(registers: Registry[]): ObserveRun {
  const started = new Counter({
    name: 'millrace_runs_started_total',
    help: 'Runs started, by who started them and where.',
    labelNames: ['origin', 'kind', 'environment'],
    registers,
  })
  const ended = new Counter({
    name: 'millrace_runs_ended_total',
    help: 'Runs ended, by how.',
    labelNames: ['outcome'],
    registers,
  })
  const errors = new Counter({
    name: 'millrace_run_errors_total',
    help: 'Runs that failed, by the code of their error.',
    labelNames: ['code'],
    registers,
  })
  const nodeErrors = new Counter({
    name: 'millrace_node_errors_total',
    help: 'Nodes that failed, by the code of the error: of providers, databases and others.',
    labelNames: ['code'],
    registers,
  })
  const firstValue = new Histogram({
    name: 'millrace_first_value_seconds',
    help: 'From the start of a run to its first value.',
    buckets: waits,
    registers,
  })
  const duration = new Histogram({
    name: 'millrace_run_seconds',
    help: 'From the start of a run to its end.',
    buckets: [...waits, 300, 1800, 7200],
    registers,
  })
  const firstByte = new Histogram({
    name: 'millrace_model_first_byte_seconds',
    help: 'From the call of a model to the first byte of its answer.',
    buckets: waits,
    registers,
  })
  const calls = new Counter({
    name: 'millrace_calls_total',
    help: 'Calls to the outside: of models, of databases, of addresses, of flows.',
    labelNames: ['kind'],
    registers,
  })
  const tokens = new Counter({
    name: 'millrace_tokens_total',
    help: 'Tokens of models, as their providers count them.',
    labelNames: ['direction'],
    registers,
  })

  return ({ origin, kind, environment }) => {
    let startedAt = 0
    let hasValue = false

    function count(event: RunEvent): void {
      switch (event.type) {
        case 'run-yield':
          if (!hasValue) firstValue.observe((event.at - startedAt) / 1000)
          hasValue = true
          return
        case 'run-start':
          startedAt = event.at
          started.inc({ origin, kind, environment })
          return
        case 'node-call':
          calls.inc({ kind: event.kind })
          if (event.kind !== 'model') return
          if (event.firstByteMs !== undefined) firstByte.observe(event.firstByteMs / 1000)
          tokens.inc({ direction: 'input' }, event.usage?.inputTokens ?? 0)
          tokens.inc({ direction: 'output' }, event.usage?.outputTokens ?? 0)
          return
        case 'node-error':
          nodeErrors.inc({ code: event.error.code })
          return
        case 'run-end':
          ended.inc({ outcome: event.outcome })
          if (event.error !== undefined) errors.inc({ code: event.error.code })
          duration.observe((event.at - startedAt) / 1000)
          return
        case 'node-start':
        case 'node-input':
        case 'node-delta':
        case 'node-log':
        case 'node-end':
          return
      }
    }

    return (entries: readonly LogEntry[]) => {
      for (const { event } of entries) count(event)
    }
  }
}
