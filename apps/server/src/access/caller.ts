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
  /** Who watches the server: whoever has the token for that, or who designs. */
  | 'metrics'
  /** The operator signed in, never a key: who gives keys out. */
  | 'operatorInPerson'
