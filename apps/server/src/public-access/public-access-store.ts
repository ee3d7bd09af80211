import type { PublicSettings } from './public-access.ts'

/** The public access of a flow as an operator left it. */
export interface StoredPublicAccess {
  readonly settings: PublicSettings
  /** 0 before the first change, and one more with each. */
  readonly revision: number
  /** Names the secret by which visitors are signed; `undefined` before the first was made. */
  readonly secretId: string | undefined
}

/**
 * Where the public access of flows is kept; that of a flow that was never opened is closed. A promise
 * that resolves means that the change is durable.
 */
export interface PublicAccessStore {
  find(flowId: string): Promise<StoredPublicAccess>
  /** Throws `conflict` with `currentRevision` when `basedOn` is not the current one. */
  save(
    flowId: string,
    change: { readonly settings: PublicSettings; readonly basedOn: number },
  ): Promise<StoredPublicAccess>
  /** Puts another secret in force. */
  saveSecretId(flowId: string, secretId: string): Promise<StoredPublicAccess>
  /** Whether any flow that is open lists an origin. */
  listsOrigin(origin: string): Promise<boolean>
  /** Counts a message to a flow on a day, as `2026-01-31`; answers how many there are with it. */
  countMessage(flowId: string, day: string): Promise<number>
}
