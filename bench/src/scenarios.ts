import type { Workload } from './workload.ts'

/** A figure taken of a server. */
export type Metric =
  | 'cpuPerToken'
  | 'cpuPerRequest'
  | 'tokensPerSecond'
  | 'firstTokenMs'
  | 'peakMemory'

/** One load, and what is read off it. */
export interface Scenario {
  readonly name: string
  readonly workload: Workload
  /** With the ratio to the baseline that Millrace is to reach. */
  readonly metrics: Readonly<Partial<Record<Metric, number>>>
}

/** The table of the benchmark, in the order of its rows. The last load sets the peak of memory. */
export const scenarios: readonly Scenario[] = [
  {
    name: '100 streams, 200 tokens, 10 ms',
    workload: { streams: 100, tokens: 200, delayMs: 10, repeat: 1 },
    metrics: { cpuPerToken: 0.55 },
  },
  {
    name: 'one stream flat out, 2,000 tokens',
    workload: { streams: 1, tokens: 2000, delayMs: 0, repeat: 100 },
    metrics: { tokensPerSecond: 2.5 },
  },
  {
    name: 'one-token requests',
    workload: { streams: 1, tokens: 1, delayMs: 0, repeat: 500 },
    metrics: { firstTokenMs: 1, cpuPerRequest: 1.2 },
  },
  {
    name: '300 streams, 100 tokens, 20 ms',
    workload: { streams: 300, tokens: 100, delayMs: 20, repeat: 1 },
    metrics: { tokensPerSecond: 1.8 },
  },
  {
    name: '1,000 streams, 100 tokens, 20 ms',
    // Once on new connections, twice on those that are open.
    workload: { streams: 1000, tokens: 100, delayMs: 20, repeat: 3 },
    metrics: { cpuPerToken: 0.5, tokensPerSecond: 1.8, peakMemory: 0.8 },
  },
]

export function isMoreBetter(metric: Metric): boolean {
  return metric === 'tokensPerSecond'
}

/**
 * Before anything is measured: connections are open, and hot code is compiled, as in a server that has
 * run for more than a minute. With less, Node.js still compiles while the rows are taken: what runs for
 * each token is hot after some 50,000 of them, what runs for each request after thousands of those.
 */
export const warmUp: readonly Workload[] = [
  { streams: 100, tokens: 100, delayMs: 2, repeat: 6 },
  { streams: 10, tokens: 1, delayMs: 0, repeat: 300 },
]
