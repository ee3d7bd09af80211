import type { Problem } from '@millrace/flow'

/** Problems as lines for a terminal: severity, place, message, code. */
export function formatProblems(problems: readonly Problem[]): string {
  return problems
    .map(({ severity, nodeId, property, message, code }) => {
      const place = [nodeId, property].filter((part) => part !== undefined).join('.')
      return `${severity}${place === '' ? '' : `  ${place}`}  ${message} [${code}]`
    })
    .join('\n')
}
