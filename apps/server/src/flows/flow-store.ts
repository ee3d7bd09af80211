/** A flow as it is kept: its text is the canonical one, or that of a newer version as it came. */
export interface StoredFlow {
  readonly id: string
  readonly text: string
  /** From 1, and one more with each save. */
  readonly revision: number
  /** Epoch milliseconds. */
  readonly updatedAt: number
}

/**
 * Where flows are kept. A promise that resolves means that the change is durable. Contents are the
 * caller's business: the store keeps any text, and never loses one that was saved.
 */
export interface FlowStore {
  /** By id. */
  list(): Promise<readonly StoredFlow[]>
  ids(): Promise<ReadonlySet<string>>
  find(id: string): Promise<StoredFlow | undefined>
  /** Throws `conflict` when the id is taken. */
  create(id: string, text: string): Promise<StoredFlow>
  /** Throws `not_found`, or `conflict` with `currentRevision` when `basedOn` is not the current one. */
  save(id: string, change: { text: string; basedOn: number }): Promise<StoredFlow>
  /** Throws `not_found`, or `conflict` when `basedOn` is given and not the current one. */
  remove(id: string, change: { basedOn: number | undefined }): Promise<void>
  /** Whether no flow was ever saved here. */
  isFresh(): Promise<boolean>
}
