import {
  timeSpansOf,
  type RunCall,
  type RunVisit,
  type RunVisits,
  type TimeSpans,
} from '@millrace/flow'

/** Where the time of a visit went, with all that ran inside it. */
export function timesOfVisit(visit: RunVisit, visits: RunVisits, now: number): TimeSpans {
  return timeSpansOf(callsInside(visit, visits), [visit.startedAt, visit.endedAt ?? now])
}

/** The calls of a visit, of the nodes in its blocks and of its resources. */
export function callsInside(visit: RunVisit, { all }: RunVisits): readonly RunCall[] {
  const inside = new Set([visit.visit])
  const calls = [...visit.calls]
  // A visit starts after the one around it.
  for (const one of all.values()) {
    if (one.parent === undefined || !inside.has(one.parent)) continue
    inside.add(one.visit)
    calls.push(...one.calls)
  }
  return calls
}
