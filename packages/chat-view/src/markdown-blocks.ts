/** So much text is read as a whole each time that more comes, in characters. */
const mostAtOnce = 20_000

/**
 * Splits Markdown where a new block surely begins: after a blank line, outside of a code fence, before
 * a line that cannot go on a list, a quote, a table or an indented block. Each part reads the same alone as it
 * does in the whole, so that while text streams in only the last part has to be read again. Text that names
 * the addresses of its links, or its notes, in a place of their own stays whole, unless it is very long.
 */
export function markdownBlocks(text: string): readonly string[] {
  if (text.length <= mostAtOnce && /^ {0,3}\[[^\]]+\]:/m.test(text)) return [text]
  const blocks: string[] = []
  let block: string[] = []
  let fence: string | undefined
  let isAfterBlank = false
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (isAfterBlank && fence === undefined && startsAnew(line)) {
      blocks.push(block.join('\n'))
      block = []
    }
    if (fence === undefined) fence = mark
    else if (mark !== undefined && mark.startsWith(fence) && line.trim() === mark) fence = undefined
    isAfterBlank = line.trim() === ''
    block.push(line)
  }
  if (block.some((line) => line.trim() !== '')) blocks.push(block.join('\n'))
  return blocks
}

function startsAnew(line: string): boolean {
  return /^\S/.test(line) && !/^(?:[-*+>|]|\d+[.)]|\[)/.test(line)
}
