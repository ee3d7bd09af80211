import type { ConnectionDefinition, NodeMigration } from '@millrace/flow'
import type { Implementation } from './implement.ts'

/** Nodes to make flows of. A module that exports these is one: `import * as acme from 'acme-nodes'`. */
export interface NodePackage {
  /** Each with its definition, in the order of the palette. */
  readonly nodes: readonly Implementation[]
  /** The kinds of connection that its nodes ask for and no other package brings. */
  readonly connections?: readonly ConnectionDefinition[]
  /** How nodes of older versions are brought up to date. */
  readonly migrations?: readonly NodeMigration[]
}
