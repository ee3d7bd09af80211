/** Who may call a route. */
export type Caller =
  /** No key and no session. */
  | 'anyone'
  /** Who runs flows: a key with the policy `execute`, a visitor of a flow, or who designs. */
  | 'client'
  /** Who uses flows as tools: a key with the policy `mcp`, or the operator. */
  | 'mcp'
  /** Who designs: the operator, or a key with the policy `configure`. */
  | 'operator'
  /** The operator signed in, never a key: who gives keys out. */
  | 'operatorInPerson'
