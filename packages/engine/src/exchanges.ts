/** A request over HTTP as it leaves a node. Its headers are not told: they hold what signs it in. */
export interface OutgoingRequest {
  /** The node that asks; of a resource, its own. */
  readonly nodeId: string
  readonly method: string
  /** Whole, with its query. */
  readonly url: string
  readonly body: string | Uint8Array | null
}

/** What stands in for an answer of the network. */
export interface RecordedAnswer {
  /** Left out where the connection broke before any answer. */
  readonly status?: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  /** The body as it came; `at` is in milliseconds from the request. */
  readonly pieces: readonly { readonly at: number; readonly bytes: Uint8Array }[]
  /** Whether the connection broke after the last piece. */
  readonly isCut: boolean
}

/** Takes note of an answer of the network while the node gets it; one of `end` and `fail` is last. */
export interface AnswerWitness {
  begin(status: number, headers: Readonly<Record<string, string | readonly string[]>>): void
  data(bytes: Uint8Array): void
  end(): void
  fail(error: Error): void
}

/** Stands at the network's edge of a run: each attempt of a call over HTTP goes through it. */
export interface Exchanges {
  /**
   * Says what answers a request: a recording, or the network with a witness. Throws a `FlowError`
   * for a request that nothing may answer; its node then fails with that, and does not ask again.
   */
  begin(request: OutgoingRequest): RecordedAnswer | AnswerWitness
}
