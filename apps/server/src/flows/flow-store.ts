/** A flow as it is kept: its text is the canonical one, or that of a newer version as it came. */
export interface StoredFlow {
  readonly id: string
  readonly text: string
  /** From 1, and one more with each save. */
  readonly revision: number
  /** Epoch milliseconds. */
  readonly updatedAt: number
}

/** A flow that was deleted, as it was then. */
export interface DeletedFlow extends StoredFlow {
  /** Epoch milliseconds. */
  readonly deletedAt: number
}

/** A text of a flow as it was saved once. */
export interface StoredRevision {
  readonly revision: number
  readonly text: string
  /** Epoch milliseconds. */
  readonly savedAt: number
  /** What a designer calls it; one with a name is kept for ever. */
  readonly name: string | undefined
}

/** Which revisions of a flow are wanted: so many, the newest first. */
export interface RevisionPage {
  /** Only those that are older than this one. */
  readonly before: number | undefined
  readonly limit: number
}

/**
 * Where flows are kept. A promise that resolves means that the change is durable. Contents are the
 * caller's business: the store keeps any text. What was saved stays as a revision; of old ones that
 * follow each other closely the last stays, as `forgettableRevisions` says.
 */
export interface FlowStore {
  /** By id. */
  list(): Promise<readonly StoredFlow[]>
  ids(): Promise<ReadonlySet<string>>
  find(id: string): Promise<StoredFlow | undefined>
  /** Those in whose text this stands, upper and lower case apart, by id. */
  containing(part: string): Promise<readonly StoredFlow[]>
  /**
   * Throws `conflict` when the id is taken. One that takes the id of a deleted flow goes on with its
   * numbers, and has its revisions, but not its tests.
   */
  create(id: string, text: string): Promise<StoredFlow>
  /** Throws `not_found`, or `conflict` with `currentRevision` when `basedOn` is not the current one. */
  save(id: string, change: { text: string; basedOn: number }): Promise<StoredFlow>
  /**
   * Keeps its revisions and tests. Throws `not_found`, or `conflict` when `basedOn` is given and not
   * the current one.
   */
  remove(id: string, change: { basedOn: number | undefined }): Promise<void>
  /** The flows that can be brought back, the last deleted first. */
  listDeleted(): Promise<readonly DeletedFlow[]>
  /**
   * Brings a deleted flow back as it was, under its last revision. Throws `not_found`, or `conflict`
   * when its id is taken.
   */
  restore(id: string): Promise<StoredFlow>
  /** Of a flow that is there or deleted; none of one that never was. */
  revisions(id: string, page: RevisionPage): Promise<readonly StoredRevision[]>
  findRevision(id: string, revision: number): Promise<StoredRevision | undefined>
  /** Gives a revision a name, or takes it away. Throws `not_found`, or `limit_exceeded`. */
  nameRevision(id: string, revision: number, name: string | undefined): Promise<StoredRevision>
  /** Whether no flow was ever saved here. */
  isFresh(): Promise<boolean>
}
