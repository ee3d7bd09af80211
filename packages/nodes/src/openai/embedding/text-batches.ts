/** As many texts as every server takes at once; some take no more. */
const maxTexts = 32
/** Safely below what OpenAI takes at once, 300,000 tokens, in any language. */
const maxCharacters = 100_000

/** Texts in the batches in which they are sent, in their order; a longer one is one by itself. */
export function textBatches(texts: readonly string[]): readonly (readonly string[])[] {
  const batches: string[][] = []
  let size = 0
  for (const text of texts) {
    const batch = batches.at(-1)
    const isFull = batch?.length === maxTexts || size + text.length > maxCharacters
    if (batch === undefined || isFull) {
      batches.push([text])
      size = text.length
    } else {
      batch.push(text)
      size += text.length
    }
  }
  return batches
}
