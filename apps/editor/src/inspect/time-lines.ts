import type { RunVisit, RunVisits } from '@millrace/flow'

/** A visit as a line of the time line. */
export interface TimeLine {
  readonly id: string
  readonly visit: RunVisit
  readonly depth: number
  readonly isExpandable: boolean
  readonly isExpanded: boolean
  /** How many visits run in it. */
  readonly count: number
  readonly position: number
  readonly setSize: number
}

/** What holds more visits than this would hide what comes after it. */
const maxOpen = 12

/** The visits in the order in which they started, each under the one that owns its block. */
export function timeLines({ all }: RunVisits, toggled: ReadonlySet<string>): readonly TimeLine[] {
  const inner = Map.groupBy(all.values(), ({ parent }) =>
    parent !== undefined && all.has(parent) ? parent : undefined,
  )
  const lines: TimeLine[] = []
  add(undefined, 0)
  return lines

  function add(owner: number | undefined, depth: number): void {
    const visits = inner.get(owner) ?? []
    for (const [index, visit] of visits.entries()) {
      const id = String(visit.visit)
      const count = inner.get(visit.visit)?.length ?? 0
      const isExpanded = count > 0 && count <= maxOpen !== toggled.has(id)
      lines.push({
        id,
        visit,
        depth,
        isExpandable: count > 0,
        isExpanded,
        count,
        position: index + 1,
        setSize: visits.length,
      })
      if (isExpanded) add(visit.visit, depth + 1)
    }
  }
}

/** The time that is shown. */
export interface TimeScale {
  /** Epoch milliseconds. */
  readonly start: number
  readonly end: number
}

/** Where something stands in the whole, from 0 to 1. */
export function shareOf({ start, end }: TimeScale, at: number): number {
  return end <= start ? 0 : Math.min(1, Math.max(0, (at - start) / (end - start)))
}
