const identifierPattern = /^[A-Za-z][A-Za-z0-9_]*$/
const slugPattern = /^[a-z0-9][a-z0-9-]*$/
const refusedNames = new Set(['__proto__', 'prototype', 'constructor'])

/** The longest identifier or slug, in characters. */
export const maxNameLength = 64

/** Whether a text can name a node or a variable. */
export function isIdentifier(text: string): boolean {
  return text.length <= maxNameLength && identifierPattern.test(text) && !refusedNames.has(text)
}

/** Whether a text can be the id of a flow or a connection, as it stands in addresses. */
export function isSlug(text: string): boolean {
  return text.length <= maxNameLength && slugPattern.test(text) && !refusedNames.has(text)
}

/** A name made unique by a number at its end: `response`, `response2`, `response3`. */
export function uniqueName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted
  const stem = wanted.replace(/[0-9]+$/, '') || wanted
  for (let number = 2; ; number += 1) {
    const suffix = String(number)
    const name = stem.slice(0, maxNameLength - suffix.length) + suffix
    if (!taken.has(name)) return name
  }
}

/** A slug made of any text: `RAG chat (v2)` becomes `rag-chat-v2`; empty when nothing is left. */
export function toSlug(text: string): string {
  return (
    text
      .normalize('NFKD')
      // Accents stand apart from their letters now: Büro becomes buro, not bu-ro.
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, maxNameLength)
      .replace(/-+$/, '')
  )
}

/** The name of `known` that a mistyped `name` most likely means, if one is near enough. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  let nearest: string | undefined
  let least = Math.max(1, Math.floor(name.length / 3)) + 1
  const wanted = name.toLowerCase()
  for (const candidate of known) {
    // No change of a name is shorter than the difference of the lengths.
    if (Math.abs(name.length - candidate.length) >= least) continue
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance < least) {
      least = distance
      nearest = candidate
    }
  }
  return nearest
}

/** How many letters to change, add, leave out or swap with the next. */
function editDistance(left: string, right: string): number {
  let beforePrevious: readonly number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1]
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      current.push(
        Math.min(
          (previous[column - 1] ?? 0) + (isSame ? 0 : 1),
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          isSwapped ? (beforePrevious[column - 2] ?? Infinity) + 1 : Infinity,
        ),
      )
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.length] ?? 0
}
