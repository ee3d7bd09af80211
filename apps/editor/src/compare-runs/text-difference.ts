import { diffWordsWithSpace } from 'diff'

/** A piece of two texts: shared by both, or only in one of them. */
export interface TextPiece {
  readonly text: string
  readonly in: 'both' | 'left' | 'right'
}

/** Texts that share next to nothing are not searched for what they share: that would take long. */
const maxEdits = 2_000

/** Two texts as what they share, and what only one of them has, word by word. */
export function textDifference(left: string, right: string): readonly TextPiece[] {
  const changes = diffWordsWithSpace(left, right, { maxEditLength: maxEdits })
  if (changes === undefined) {
    return [
      { text: left, in: 'left' },
      { text: right, in: 'right' },
    ]
  }
  return changes.map(({ value, added, removed }) => ({
    text: value,
    in: added ? 'right' : removed ? 'left' : 'both',
  }))
}
