import { compareTags, tagKey } from '@millrace/flow'

/** A tag that flows have, and how many of them. */
export interface KnownTag {
  readonly tag: string
  readonly count: number
}

/** The tags of flows by name, each once, written as the first flow writes it. */
export function knownTags(
  flows: readonly { readonly tags: readonly string[] }[],
): readonly KnownTag[] {
  const byKey = Map.groupBy(
    flows.flatMap(({ tags }) => tags),
    tagKey,
  )
  return [...byKey.values()]
    .flatMap((same) => (same[0] === undefined ? [] : [{ tag: same[0], count: same.length }]))
    .toSorted((left, right) => compareTags(left.tag, right.tag))
}
