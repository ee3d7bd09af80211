import type { OperationGroup } from './api-description.ts'

/** The groups with those of their calls that hold every word of a query. */
export function findOperations(
  groups: readonly OperationGroup[],
  query: string,
): readonly OperationGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return groups
    .map((group) => ({
      ...group,
      operations: group.operations.filter(({ method, path, summary }) => {
        const text = `${method} ${path} ${summary} ${group.name}`.toLowerCase()
        return words.every((word) => text.includes(word))
      }),
    }))
    .filter(({ operations }) => operations.length > 0)
}
