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

/** An identifier made of any text: `my answer (2)` becomes `myAnswer2`; empty when nothing is left. */
export function toIdentifier(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/^[^A-Za-z]+/, '')
    .split(/[^A-Za-z0-9_]+/)
    .filter((word) => word !== '')
  const name = words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
    .slice(0, maxNameLength)
  return isIdentifier(name) ? name : ''
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
  const slug = text
    .normalize('NFKD')
    // Accents stand apart from their letters now: Büro becomes buro, not bu-ro.
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, maxNameLength)
    .replace(/-+$/, '')
  return isSlug(slug) ? slug : ''
}

/** A name this many letters away from another was hardly meant as that. */
const farthestMeant = 3
/** Of so many names, the last ones given, a suggestion is looked for. */
const maxConsidered = 100

/** A longer name is no slip of the fingers. */
const longestCompared = 130

/** The name of `known` that a mistyped `name` most likely means, if one is near enough. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  if (name.length > longestCompared) return undefined
  let nearest: string | undefined
  let least = Math.min(farthestMeant, Math.max(1, Math.floor(name.length / 3))) + 1
  const wanted = name.toLowerCase()
  for (const candidate of [...known].slice(-maxConsidered)) {
    const distance = editDistance(wanted, candidate.toLowerCase(), least)
    if (distance < least) {
      least = distance
      nearest = candidate
    }
  }
  return nearest
}

/** How many letters to change, add, leave out or swap with the next; `limit` when it is no less. */
function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) >= limit || right.length > longestCompared) return limit
  // What both begin and end with costs nothing.
  let start = 0
  while (start < left.length && left[start] === right[start]) start += 1
  let [leftEnd, rightEnd] = [left.length, right.length]
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd -= 1
    rightEnd -= 1
  }
  return distanceOf(left.slice(start, leftEnd), right.slice(start, rightEnd), limit)
}

/** Three rows of the table, used again for each pair: a check may compare a hundred thousand. */
const rows = Array.from({ length: 3 }, () => new Uint8Array(longestCompared + 2))

/**
 * Only the cells near the diagonal are worked out: a cell `limit` away from it costs that much by
 * itself. So two names cost as much as they are long, not as much as their lengths multiplied.
 */
function distanceOf(left: string, right: string, limit: number): number {
  let [beforePrevious, previous, current] = rows as [Uint8Array, Uint8Array, Uint8Array] // of three
  for (let column = 0; column <= right.length; column += 1)
    previous[column] = Math.min(column, limit)
  let leastBefore = 0
  for (let row = 1; row <= left.length; row += 1) {
    const first = Math.max(1, row - limit)
    const last = Math.min(right.length, row + limit)
    // Beside the band stands what cannot be reached.
    current[first - 1] = first === 1 ? Math.min(row, limit) : limit
    if (last < right.length) current[last + 1] = limit
    let least = current[first - 1] ?? limit
    for (let column = first; column <= last; column += 1) {
      const letter = left.charCodeAt(row - 1)
      const other = right.charCodeAt(column - 1)
      const isSwapped =
        letter === right.charCodeAt(column - 2) && left.charCodeAt(row - 2) === other
      const distance = Math.min(
        limit,
        (previous[column - 1] ?? limit) + (letter === other ? 0 : 1),
        (previous[column] ?? limit) + 1,
        (current[column - 1] ?? limit) + 1,
        isSwapped ? (beforePrevious[column - 2] ?? limit) + 1 : limit,
      )
      current[column] = distance
      if (distance < least) least = distance
    }
    // A swap reaches back two rows.
    if (least >= limit && leastBefore >= limit) return limit
    leastBefore = least
    ;[beforePrevious, previous, current] = [previous, current, beforePrevious]
  }
  return previous[right.length] ?? limit
}

/** The first of the names that another one before it has too. */
export function firstRepeated(names: readonly string[]): string | undefined {
  const seen = new Set<string>()
  return names.find((name) => {
    if (seen.has(name)) return true
    seen.add(name)
    return false
  })
}
