/** The tests of a flow as they are kept: one text, the canonical one of its file. */
export interface StoredFlowTests {
  readonly flowId: string
  readonly text: string
  /** From 1, and one more with each save. */
  readonly revision: number
  /** Epoch milliseconds. */
  readonly updatedAt: number
}

/**
 * Where the tests of flows are kept, at most one text for a flow. A promise that resolves means that
 * the change is durable. Contents are the caller's business.
 */
export interface FlowTestStore {
  find(flowId: string): Promise<StoredFlowTests | undefined>
  /**
   * Writes the next revision; the first one is based on 0. Throws `conflict` with `currentRevision`
   * when `basedOn` is not the current one.
   */
  save(flowId: string, change: { text: string; basedOn: number }): Promise<StoredFlowTests>
}
