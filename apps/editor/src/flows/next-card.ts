/** Where a card stands in a grid: which of how many it is, and how many stand beside each other. */
export interface CardPlace {
  readonly index: number
  readonly count: number
  readonly columns: number
}

/** Where a key leads from one card of a grid to another; `undefined` for a key that leads nowhere. */
export function nextCard(key: string, place: CardPlace): number | undefined {
  const next = targetOf(key, place)
  if (next === undefined || next === place.index || next < 0 || next >= place.count) {
    return undefined
  }
  return next
}

function targetOf(key: string, { index, count, columns }: CardPlace): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return index + 1
    case 'ArrowLeft':
      return index - 1
    case 'ArrowUp':
      return index - columns
    case 'ArrowDown':
      // Below the last full row there may be no card: the last one is the nearest.
      return Math.floor(index / columns) < Math.floor((count - 1) / columns)
        ? Math.min(index + columns, count - 1)
        : undefined
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
