/** What thinning knows of a revision. */
export interface DatedRevision {
  readonly revision: number
  /** Epoch milliseconds. */
  readonly savedAt: number
  readonly isNamed: boolean
  readonly wasPublished: boolean
  readonly bytes: number
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Younger than this, every revision stays. */
const youngUntil = 10 * minute

/** Up to which age of how long a span the last revision stays. */
const spans: readonly { readonly until: number; readonly length: number }[] = [
  { until: hour, length: minute },
  { until: day, length: 10 * minute },
  { until: 30 * day, length: hour },
  { until: Infinity, length: day },
]

/** What the revisions of one flow may take, together; an operator may choose. */
export interface MostKept {
  readonly revisions: number
  readonly bytes: number
}

/** What they may take where nobody chooses. */
export const mostKeptByDefault: MostKept = { revisions: 1000, bytes: 64 * 1024 * 1024 }

interface Options {
  /** The revision that clients read. */
  readonly current: number
  /** Epoch milliseconds. */
  readonly now: number
  readonly mostKept?: MostKept
}

/**
 * The revisions of a flow that may go, since others stand for them: autosave makes one with every
 * pause of a designer. The first, the current, the named ones and those
 * that were published always stay.
 */
export function forgettableRevisions(
  revisions: readonly DatedRevision[],
  { current, now, mostKept = mostKeptByDefault }: Options,
): readonly number[] {
  const newestFirst = revisions.toSorted((left, right) => right.revision - left.revision)
  const first = newestFirst.at(-1)?.revision
  const spansSeen = new Set<string>()
  const stays = newestFirst.map((one) => {
    const span = spanOf(one, now)
    const isLastOfSpan = !spansSeen.has(span)
    spansSeen.add(span)
    const isPinned =
      one.isNamed || one.wasPublished || one.revision === first || one.revision === current
    return { ...one, isPinned, isKept: isPinned || isLastOfSpan }
  })
  const pinned = stays.filter(({ isPinned }) => isPinned)
  let count = pinned.length
  let bytes = pinned.reduce((sum, one) => sum + one.bytes, 0)
  return stays.flatMap((one) => {
    if (one.isPinned) return []
    if (!one.isKept) return [one.revision]
    count += 1
    bytes += one.bytes
    return count <= mostKept.revisions && bytes <= mostKept.bytes ? [] : [one.revision]
  })
}

function spanOf({ revision, savedAt }: DatedRevision, now: number): string {
  const age = now - savedAt
  if (age < youngUntil) return `revision ${revision}`
  const length = spans.find(({ until }) => age < until)?.length ?? day
  return `${length} ${Math.floor(savedAt / length)}`
}
