import type { CodePosition } from '@millrace/flow'
import type { ProblemRange } from '../text-editor/problem-mark.ts'

/** The word at a place in code, or the one character. */
export function codeRange(source: string, { line, column }: CodePosition): ProblemRange {
  const lines = source.split('\n')
  const before = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0)
  const start = before + Math.min(column - 1, lines[line - 1]?.length ?? 0)
  const [word = ''] = /^[\w$]+/.exec(source.slice(start)) ?? []
  return { start, end: start + Math.max(1, word.length) }
}
