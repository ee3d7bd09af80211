import type { StoredRun } from '../api/run-history-api.ts'

/** Which runs of a list are selected, and where a stretch of them began. */
export interface RunSelection {
  readonly ids: ReadonlySet<string>
  readonly anchor: string | undefined
}

export const nothingSelected: RunSelection = { ids: new Set(), anchor: undefined }

/** Takes a run in, or out; the next stretch begins at it. */
export function toggled({ ids }: RunSelection, id: string): RunSelection {
  const others = new Set(ids)
  if (!others.delete(id)) others.add(id)
  return { ids: others, anchor: id }
}

/** Takes in all from where the last stretch began to a run, in the order of the list. */
export function extended(
  { ids, anchor }: RunSelection,
  id: string,
  runs: readonly StoredRun[],
): RunSelection {
  const [from, to] = [anchor ?? id, id]
    .map((end) => runs.findIndex((run) => run.id === end))
    .toSorted((left, right) => left - right)
  if (from === undefined || to === undefined || from < 0) return { ids, anchor }
  const stretch = runs.slice(from, to + 1).map((run) => run.id)
  return { ids: new Set([...ids, ...stretch]), anchor: anchor ?? id }
}

/** Takes in all of a list, or nothing when all are taken. */
export function allOrNothing({ ids }: RunSelection, runs: readonly StoredRun[]): RunSelection {
  const isAll = runs.length > 0 && runs.every(({ id }) => ids.has(id))
  return isAll ? nothingSelected : { ids: new Set(runs.map(({ id }) => id)), anchor: undefined }
}
