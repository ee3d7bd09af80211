/** Something as it was before two people changed it, as I have it, and as they have it. */
export interface Versions<Value> {
  readonly base: Value
  readonly mine: Value
  readonly theirs: Value
}

/**
 * An object with these fields, each as whoever changed it has it; one that is absent is left out.
 * `onConflict` hears of a field that both changed, and not alike: it is as mine.
 */
export function mergeFields<Fields extends object, Key extends keyof Fields & string>(
  keys: readonly Key[],
  { base, mine, theirs }: Versions<Fields | undefined>,
  onConflict: (key: Key) => void,
): Pick<Fields, Key> {
  const merged: Partial<Pick<Fields, Key>> = {}
  for (const key of keys) {
    const [before, ours, others] = [base, mine, theirs].map((one) => ownField(one, key))
    const isOurs = sameText(ours, others) || sameText(before, others)
    if (!isOurs && !sameText(before, ours)) onConflict(key)
    const value = isOurs || !sameText(before, ours) ? ours : others
    if (value !== undefined) merged[key] = value
  }
  return merged as Pick<Fields, Key> // a field that is absent was optional in each version
}

/** Of an item that both have; one that both added has no base. */
export interface KeptVersions<Item> extends Omit<Versions<Item>, 'base'> {
  readonly base: Item | undefined
}

/** The fields that any of the versions has, without these. */
export function fieldsOf<Fields extends object, Left extends keyof Fields>(
  versions: Versions<Fields | undefined> | KeptVersions<Fields>,
  without: readonly Left[],
): readonly Exclude<keyof Fields & string, Left>[] {
  const left = new Set<string>(without.map(String))
  const keys = [versions.mine, versions.theirs, versions.base].flatMap((one) =>
    Object.keys(one ?? {}),
  )
  // A parsed document has the fields of its type and no others.
  return [...new Set(keys)].filter((key) => !left.has(key)) as Exclude<
    keyof Fields & string,
    Left
  >[]
}

interface ListRules<Item> {
  /** Puts an item together that both have. */
  readonly merge: (versions: KeptVersions<Item>) => Item
  /** Hears of an item that one deleted and the other changed: it stays. */
  readonly onDeleted: (item: Item) => unknown
}

/** The items of both lists, without those that one of them deleted; in the order of who changed it. */
export function mergeLists<Item>(
  lists: Versions<readonly Item[] | undefined>,
  keyOf: (item: Item) => string,
  { merge, onDeleted }: ListRules<Item>,
): readonly Item[] {
  const keyed = (items: readonly Item[] = []) => new Map(items.map((item) => [keyOf(item), item]))
  const [base, mine, theirs] = [keyed(lists.base), keyed(lists.mine), keyed(lists.theirs)]
  const isMineInOrder = sameText([...base.keys()], [...mine.keys()])
  const [first, second] = isMineInOrder ? [theirs, mine] : [mine, theirs]
  return [...new Set([...first.keys(), ...second.keys()])].flatMap((key) => {
    const [before, ours, others] = [base.get(key), mine.get(key), theirs.get(key)]
    if (ours !== undefined && others !== undefined)
      return [merge({ base: before, mine: ours, theirs: others })]
    const left = ours ?? others
    if (left === undefined) return []
    if (before === undefined) return [left]
    if (sameText(before, left)) return []
    onDeleted(left)
    return [left]
  })
}

/** Whether two values are the same as JSON, where the order of keys counts. */
export function sameText(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

function ownField<Fields extends object, Key extends keyof Fields>(
  owner: Fields | undefined,
  key: Key,
): Fields[Key] | undefined {
  return owner !== undefined && Object.hasOwn(owner, key) ? owner[key] : undefined
}
