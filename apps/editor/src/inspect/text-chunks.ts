/** In characters. */
const wanted = 8_000
/** A line longer than this is cut: nothing else could be left out of the page. */
const most = 16_000

/** A text in pieces that are laid out one by one, cut at the ends of lines where it has any. */
export function textChunks(text: string): readonly string[] {
  const chunks: string[] = []
  let start = 0
  while (text.length - start > most) {
    const lineEnd = text.indexOf('\n', start + wanted)
    const end = lineEnd === -1 || lineEnd - start > most ? cutBefore(text, start + most) : lineEnd
    chunks.push(text.slice(start, end))
    // The end of a line is the end of its piece.
    start = text[end] === '\n' ? end + 1 : end
  }
  return [...chunks, text.slice(start)]
}

/** A character of two parts stays whole. */
function cutBefore(text: string, index: number): number {
  return /[\uDC00-\uDFFF]/.test(text[index] ?? '') ? index - 1 : index
}
