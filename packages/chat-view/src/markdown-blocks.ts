import { endsFence, fenceOf } from './code-fence.ts'

/** So much text is read as a whole each time that more comes, in characters. */
const mostAtOnce = 20_000

/**
 * Splits Markdown where a new block surely begins: before code, and after code or a blank line before a
 * line that cannot go on a list, a quote, a table or an indented block. Each part reads the same alone as it
 * does in the whole, so that while text streams in only the last part has to be read again. Text that names
 * the addresses of its links, or its notes, in a place of their own stays whole, unless it is very long.
 */
export function markdownBlocks(text: string): readonly string[] {
  if (text.length <= mostAtOnce && /^ {0,3}\[[^\]]+\]:/m.test(text)) return [text]
  const blocks: string[] = []
  let block: string[] = []
  let fence: string | undefined
  let isAtEnd = false
  for (const line of text.split('\n')) {
    const begun = fence === undefined ? fenceOf(line) : undefined
    if (fence === undefined && block.length > 0 && startsAnew(line, isAtEnd)) {
      blocks.push(block.join('\n'))
      block = []
    }
    const hasEnded = fence !== undefined && endsFence(line, fence)
    fence = hasEnded ? undefined : (fence ?? begun)
    isAtEnd = hasEnded || line.trim() === ''
    block.push(line)
  }
  if (block.some((line) => line.trim() !== '')) blocks.push(block.join('\n'))
  return blocks
}

/** Code that is not set in stands for itself, wherever it begins. */
function startsAnew(line: string, isAtEnd: boolean): boolean {
  if (/^\S/.test(line) && fenceOf(line) !== undefined) return true
  return isAtEnd && /^\S/.test(line) && !/^(?:[-*+>|]|\d+[.)]|\[)/.test(line)
}
