/** A database system whose nodes are made from the shared definitions in this folder. */
export interface SqlSystem {
  /** How the types of its nodes begin. */
  readonly id: 'postgres' | 'sqlserver'
  readonly title: string
  readonly icon: string
  /** The kinds of connection that its nodes take. */
  readonly connections: readonly string[]
}
