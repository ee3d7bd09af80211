/** What can be found by words, the most telling first. */
export interface Searched {
  readonly title: string
  /** Each is a word for the whole; the first ones say best what it is. */
  readonly tags?: readonly string[]
  readonly rest?: string
  readonly description?: string
}

/** The words of a search. */
export function wordsOf(search: string): readonly string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean)
}

/** How well all of the words are found, at least 1; 0 when one of them is not. */
export function scoreOf(
  { title, tags = [], rest = '', description = '' }: Searched,
  words: readonly string[],
): number {
  const name = title.toLowerCase()
  const known = tags.map((tag) => tag.toLowerCase())
  const others = `${rest} ${known.join(' ')}`.toLowerCase()
  const about = description.toLowerCase()
  let score = 1
  for (const word of words) {
    if (name.startsWith(word)) score += 8
    else if (name.includes(` ${word}`)) score += 6
    else if (name.includes(word)) score += 5
    else if (known.includes(word)) score += 4 - known.indexOf(word) / 100
    else if (others.includes(word)) score += 3
    else if (about.includes(word)) score += 1
    else return 0
  }
  return score
}
