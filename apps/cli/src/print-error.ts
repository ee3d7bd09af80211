import type { ErrorShape } from '@millrace/flow'
import { formatProblems } from './print-problems.ts'

/** Says on the standard error what went wrong, and where. */
export function printError({ code, message, nodeId, details }: ErrorShape): void {
  const place = nodeId === undefined ? '' : ` in "${nodeId}"`
  console.error(`Error${place}: ${message} [${code}]`)
  const problems = details?.problems ?? []
  if (problems.length > 1) console.error(formatProblems(problems))
}
