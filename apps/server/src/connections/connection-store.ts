import type { JsonObject } from '@millrace/flow'

/** A connection as it is kept: what is secret is sealed. */
export interface StoredConnection {
  readonly id: string
  readonly kind: string
  readonly name: string
  /** What is no secret. */
  readonly fields: JsonObject
  /** Sealed text by field. */
  readonly secrets: Readonly<Record<string, string>>
  /** What is stored cannot be read: it stays as it is until it is replaced or deleted. */
  readonly isDamaged: boolean
  /** From 1, and one more with each change. */
  readonly revision: number
  /** Epoch milliseconds. */
  readonly updatedAt: number
}

/** What a change replaces. */
type ConnectionContent = Pick<StoredConnection, 'name' | 'fields' | 'secrets'>

/** Where connections are kept. A promise that resolves means that the change is durable. */
export interface ConnectionStore {
  /** By id. */
  list(): Promise<readonly StoredConnection[]>
  find(id: string): Promise<StoredConnection | undefined>
  /** Throws `conflict` when the id is taken. */
  create(connection: ConnectionContent & { id: string; kind: string }): Promise<StoredConnection>
  /** Throws `not_found`, or `conflict` with `currentRevision` when `basedOn` is not the current one. */
  replace(id: string, change: ConnectionContent & { basedOn: number }): Promise<StoredConnection>
  /** Throws `not_found`, or `conflict` when `basedOn` is given and not the current one. */
  remove(id: string, change: { basedOn: number | undefined }): Promise<void>
}
