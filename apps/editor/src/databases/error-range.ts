import type { ErrorDetails } from '@millrace/flow'
import type { ProblemRange } from '../text-editor/problem-mark.ts'

/**
 * Where in a statement a database found an error: at `details.position`, in UTF-16 units from 1,
 * or else somewhere in `details.line`, counted from 1 too.
 */
export function errorRange(statement: string, details: ErrorDetails): ProblemRange | undefined {
  const { position, line } = details
  if (typeof position === 'number') {
    const start = position - 1
    const word = /^\S+/.exec(statement.slice(start))?.[0] ?? ''
    return { start, end: start + Math.max(1, word.length) }
  }
  if (typeof line !== 'number') return undefined
  const lines = statement.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0)
  const length = lines[line - 1]?.length
  return length === undefined ? undefined : { start, end: start + length }
}
