import type { Problem } from '@millrace/flow'

/** The problems of each node; a list that says what it said before stays the same object. */
export function groupByNode(
  problems: readonly Problem[],
  before: ReadonlyMap<string, readonly Problem[]>,
): ReadonlyMap<string, readonly Problem[]> {
  const groups = Map.groupBy(
    problems.filter(({ nodeId }) => nodeId !== undefined),
    ({ nodeId }) => nodeId ?? '',
  )
  for (const [nodeId, group] of groups) {
    const known = before.get(nodeId)
    if (known !== undefined && textOfAll(known) === textOfAll(group))
      groups.set(nodeId, known as Problem[]) // never written to
  }
  return groups
}

function textOfAll(problems: readonly Problem[]): string {
  return problems
    .map(({ code, severity, property, message }) => [code, severity, property, message].join('|'))
    .join('\n')
}
