/** What a problem is about. Codes are only ever added. */
export type ProblemCode =
  | 'attachment_missing'
  | 'attachment_refused'
  | 'code_invalid'
  | 'connection_missing'
  | 'cycle'
  | 'document_malformed'
  | 'edge_refused'
  | 'entry_missing'
  | 'entry_several'
  | 'expression_invalid'
  | 'flow_missing'
  | 'jump_misplaced'
  | 'maybe_null'
  | 'name_clash'
  | 'nesting_too_deep'
  | 'name_invalid'
  | 'node_behind_jump'
  | 'node_newer'
  | 'node_unreachable'
  | 'node_unknown'
  | 'port_taken'
  | 'property_invalid'
  | 'property_missing'
  | 'property_unknown'
  | 'reference_broken'
  | 'template_incomplete'
  | 'type_mismatch'
  | 'variable_missing'
  | 'version_newer'

/** A place in code; both count from 1. */
export interface CodePosition {
  readonly line: number
  readonly column: number
}

/**
 * Something wrong in a document, found before it runs. An `error` keeps the flow from running and
 * from being published; a `warning` does not.
 */
export interface Problem {
  readonly code: ProblemCode
  readonly severity: 'error' | 'warning'
  /** What is wrong, with which thing, and what to do. Names stand in quotes. */
  readonly message: string
  readonly nodeId?: string
  /** The key of the node's property. */
  readonly property?: string
  /** Where in the property's value, when it is about one of the bindings in it. */
  readonly part?: readonly (string | number)[]
  /** The reference, or the name, in the property that is wrong, as it stands there. */
  readonly reference?: string
  /** What most likely belongs in the place of that. */
  readonly instead?: string
  /** Where in the property's code, when it is about code. */
  readonly position?: CodePosition
  /** Where in the document, as a path of keys and indexes, when it is not about a node. */
  readonly path?: readonly (string | number)[]
}

/** Whether any of the problems keeps a flow from running. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error')
}
