import { tagKey, type Registry } from '@millrace/flow'
import type { FlowSummary } from '../api/flow-list-api.ts'
import { searchScore } from './search-flows.ts'

export type FlowSort = 'changed' | 'name' | 'lastRun'
/** What a list is narrowed to by how flows stand. */
export type FlowState = 'any' | 'problems' | 'failed' | 'neverRun'

/** Which flows a designer wants to see, and in which order. */
export interface FlowFilter {
  readonly query: string
  readonly sort: FlowSort
  readonly state: FlowState
  /** A flow is shown that has all of them. */
  readonly tags: readonly string[]
}

/** The flows that a filter leaves; those that a search finds best come first. */
export function shownFlows(
  flows: readonly FlowSummary[],
  filter: FlowFilter,
  registry: Registry,
): readonly FlowSummary[] {
  const wanted = filter.tags.map(tagKey)
  const fitting = flows
    .filter((flow) => isInState(flow, filter.state))
    .filter(({ tags }) => {
      const keys = new Set(tags.map(tagKey))
      return wanted.every((key) => keys.has(key))
    })
    .toSorted(comparers[filter.sort])
  if (filter.query.trim() === '') return fitting
  return fitting
    .map((flow) => ({ flow, score: searchScore(flow, filter.query, registry) }))
    .filter(({ score }) => score > 0)
    .toSorted((left, right) => right.score - left.score)
    .map(({ flow }) => flow)
}

/** Whether a filter leaves anything out. */
export function isNarrowed({ query, state, tags }: FlowFilter): boolean {
  return query.trim() !== '' || state !== 'any' || tags.length > 0
}

function isInState(flow: FlowSummary, state: FlowState): boolean {
  switch (state) {
    case 'any':
      return true
    case 'problems':
      return flow.status !== 'flow' || flow.errorCount > 0
    case 'failed':
      return flow.lastRun?.state === 'failed' || flow.lastRun?.state === 'interrupted'
    case 'neverRun':
      return flow.lastRun === undefined
  }
}

const comparers: Readonly<Record<FlowSort, (left: FlowSummary, right: FlowSummary) => number>> = {
  changed: byChange,
  name: byName,
  lastRun: (left, right) =>
    (right.lastRun?.startedAt.getTime() ?? 0) - (left.lastRun?.startedAt.getTime() ?? 0) ||
    byChange(left, right),
}

function byChange(left: FlowSummary, right: FlowSummary): number {
  return right.updatedAt.getTime() - left.updatedAt.getTime() || byName(left, right)
}

function byName(left: FlowSummary, right: FlowSummary): number {
  return left.name.localeCompare(right.name, undefined, { numeric: true, sensitivity: 'base' })
}
