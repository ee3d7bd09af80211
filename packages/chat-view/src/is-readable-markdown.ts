import { endsFence, fenceOf } from './code-fence.ts'

/** So long a block may be, in characters: reading it takes a tenth of a second. */
const mostLetters = 60_000
/** So many lines, times the cells of the longest: rows that lack cells get them, so few letters make many. */
const mostCells = 5000
/** So deep things stand within each other: readers of Markdown call themselves for each. */
const mostDepth = 50

/**
 * Whether a block of Markdown can be read in no time and without running out of stack. What nobody
 * writes but somebody who wants to bring down the page, nested a thousand times or a table that grows
 * as it is drawn, is better shown as the text that it is. The code that a block begins with may hold all.
 */
export function isReadableMarkdown(block: string): boolean {
  const text = withoutCode(block)
  return text.length <= mostLetters && cellsOf(text) <= mostCells && depthOf(text) <= mostDepth
}

/** What is behind the code that a block begins with. */
function withoutCode(block: string): string {
  const [first = '', ...lines] = block.split('\n')
  const fence = fenceOf(first)
  if (fence === undefined) return block
  const end = lines.findIndex((line) => endsFence(line, fence))
  return end === -1 ? '' : lines.slice(end + 1).join('\n')
}

function cellsOf(block: string): number {
  const lines = block.split('\n')
  const widest = lines.reduce((most, line) => Math.max(most, line.split('|').length), 1)
  return lines.length * widest
}

function depthOf(block: string): number {
  const byLine = block.split('\n').map(containersBefore)
  return Math.max(
    depthOfMarks(block),
    byLine.reduce((most, depth) => Math.max(most, depth), 0),
  )
}

/** How many quotes, items and footnotes a line begins. */
function containersBefore(line: string): number {
  const found = /^(?:[ \t]*(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s)|\[\^[^\]\s]+\]:))*/.exec(line)
  return found?.[0].match(/>|[-*+]|[.)]|:/g)?.length ?? 0
}

/** How many brackets and emphases are open at once. */
function depthOfMarks(block: string): number {
  let depth = 0
  let most = 0
  for (const { 0: mark, index } of block.matchAll(/[[(\])]|[*_~]+/g)) {
    depth = Math.max(0, depth + depthAdded(mark, block, index))
    most = Math.max(most, depth)
  }
  return most
}

function depthAdded(mark: string, block: string, index: number): number {
  if (mark === '[' || mark === '(') return 1
  if (mark === ']' || mark === ')') return -1
  const before = looseness(block[index - 1])
  const behind = looseness(block[index + mark.length])
  return Math.sign(before - behind) * mark.length
}

/** An emphasis opens before what is less loose than what stands before it, and closes behind it. */
function looseness(character = ' '): number {
  if (/\s/.test(character)) return 2
  return /[\p{L}\p{N}]/u.test(character) ? 0 : 1
}
