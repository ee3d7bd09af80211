/** The sentences of a text that share the most words with a question, best first. */
export function bestSentences(text: string, question: string, count: number): readonly string[] {
  const wanted = new Set(wordsOf(question))
  return sentencesOf(text)
    .map((sentence, index) => ({ sentence, index, score: scoreOf(sentence, wanted) }))
    .filter(({ score }) => score > 0)
    .toSorted((left, right) => right.score - left.score || left.index - right.index)
    .slice(0, count)
    .map(({ sentence }) => sentence)
}

/** The sentences of a text, one per line or per full stop. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence))
}

/** Shared words count; in a long sentence each counts a little less. */
function scoreOf(sentence: string, wanted: ReadonlySet<string>): number {
  const words = wordsOf(sentence)
  const shared = new Set(words.filter((word) => wanted.has(word))).size
  return shared / Math.sqrt(Math.max(words.length, 4))
}

/** Words without their most common endings, so that "flows" finds "flow". */
function wordsOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words
    .filter((word) => !commonWords.has(word))
    .map((word) => (word.length > 4 ? word.replace(/(?:ing|ies|ed|es|s|y)$/, '') : word))
}

const commonWords = new Set(
  'a an and are as at be by can do does for from has have how i in is it its me my of on or our so that the their there they this to was we what when where which who why will with you your'.split(
    ' ',
  ),
)
