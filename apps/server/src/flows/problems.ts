import { checkFlow, type ParseResult, type Problem, type Registry } from '@millrace/flow'
import type { ReadFlow } from './read-document.ts'

/** The problems of anything that was read as a flow document, as this server sees it. */
export function problemsOf(
  read: ParseResult | ReadFlow,
  options: {
    readonly registry: Registry
    readonly connections: ReadonlyMap<string, { readonly kind: string }>
    readonly flows: ReadonlySet<string>
  },
): readonly Problem[] {
  switch (read.status) {
    case 'flow':
      return checkFlow(read.flow, options.registry, options)
    case 'newer':
      return [newerProblem(read.version)]
    case 'malformed':
    case 'unreadable':
      return read.problems
  }
}

/** The problem of a document that a newer Millrace wrote. */
export function newerProblem(version: number): Problem {
  return {
    code: 'version_newer',
    severity: 'error',
    message: `The document is of version ${version}, which this Millrace does not know. It is kept as it is; update Millrace to run it.`,
  }
}
