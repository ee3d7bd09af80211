import { toApiError, type ApiError } from '../api/api-error.ts'

/** What came of deleting runs. */
export interface Removal {
  readonly removedIds: ReadonlySet<string>
  /** What kept it from deleting the others. */
  readonly error: ApiError | undefined
}

export interface RemovalOptions {
  readonly ids: readonly string[]
  /** Deletes some of them, at most as many as one request may name. */
  readonly remove: (ids: readonly string[]) => Promise<void>
  /** Told how many are gone while others are left. */
  readonly onProgress: (removed: number) => void
}

/** The server deletes so many runs by one request. */
const maxIds = 1000

/** Deletes runs, however many; the first failure ends it. One that is gone already counts as deleted. */
export async function removeRuns({ ids, remove, onProgress }: RemovalOptions): Promise<Removal> {
  const removedIds = new Set<string>()
  for (let start = 0; start < ids.length; start += maxIds) {
    const some = ids.slice(start, start + maxIds)
    try {
      await remove(some)
    } catch (thrown) {
      return { removedIds, error: toApiError(thrown) }
    }
    for (const id of some) removedIds.add(id)
    if (removedIds.size < ids.length) onProgress(removedIds.size)
  }
  return { removedIds, error: undefined }
}
