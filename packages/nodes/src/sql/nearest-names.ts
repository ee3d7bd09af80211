import { nearestName } from '@millrace/flow'

/** So many suggestions are more help than noise. */
const mostSuggested = 3
/** So many names are compared at a time. */
const chunkSize = 100

/** The names that a mistyped one most likely means, the nearest first. */
export function nearestNames(name: string, known: readonly string[]): readonly string[] {
  const found: string[] = []
  while (found.length < mostSuggested) {
    const rest = known.filter((candidate) => !found.includes(candidate))
    const winners = chunks(rest).flatMap((chunk) => nearestName(name, chunk) ?? [])
    const nearest = nearestName(name, winners)
    if (nearest === undefined) break
    found.push(nearest)
  }
  return found
}

function chunks(names: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(names.length / chunkSize) }, (_, index) =>
    names.slice(index * chunkSize, (index + 1) * chunkSize),
  )
}
