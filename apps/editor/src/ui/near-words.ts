import { nearestName } from '@millrace/flow'

/** A word this short is another word with one letter changed. */
const shortestMistyped = 4

/** The words of a text: what stands between all that is no letter and no digit. */
export function wordsIn(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

/** Whether a word is a mistyped one of these. */
export function isMistypedOf(word: string, words: readonly string[]): boolean {
  return word.length >= shortestMistyped && nearestName(word, words) !== undefined
}
