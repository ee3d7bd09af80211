import type { Generated } from 'kysely'

/** The tables of `millrace.db`: what designers made. Times are epoch milliseconds. */
export interface StoreSchema {
  readonly flows: {
    readonly id: string
    readonly revision: number
    /** The canonical text, or the text of a newer version as it came. */
    readonly document: string
    readonly updated_at: number
  }
  /**
   * The texts that were saved, the older the fewer; the last outlives the flow, so a number is never
   * given twice.
   */
  readonly flow_revisions: {
    readonly flow_id: string
    readonly revision: number
    readonly document: string
    readonly saved_at: number
    /** What a designer calls it; one with a name is kept for ever. */
    readonly name: string | null
    /** How long the document is. */
    readonly bytes: number
  }
  /** The flows that were deleted and can be brought back, at the revision that was the last. */
  readonly deleted_flows: {
    readonly flow_id: string
    readonly revision: number
    readonly deleted_at: number
  }
  /**
   * What was published, the latest entry of a flow and an environment being what is. Those of a
   * deleted flow wait for it.
   */
  readonly flow_publications: {
    readonly id: Generated<number>
    readonly flow_id: string
    readonly environment: string
    /** Kept for ever; null where what was published was taken away. */
    readonly revision: number | null
    readonly at: number
  }
  /** The tests of a flow, one text each; they wait for a deleted flow until another takes its id. */
  readonly flow_tests: {
    readonly flow_id: string
    readonly revision: number
    /** The canonical text. */
    readonly document: string
    readonly updated_at: number
  }
  readonly connections: {
    readonly id: string
    readonly kind: string
    readonly name: string
    /** JSON: what is no secret. */
    readonly fields: string
    /** JSON: sealed text by field. */
    readonly secrets: string
    readonly revision: number
    readonly updated_at: number
  }
  /** The variables of the workspace. */
  readonly variables: {
    readonly name: string
    readonly is_secret: number
    /** JSON: text by environment, of a secret one sealed. */
    readonly values: string
  }
  /** What the clock started last of each flow with a schedule. */
  readonly schedules: {
    readonly flow_id: string
    /** The last time that was taken: no run is started for it, or one before it, any more. */
    readonly due_at: number
    readonly run_id: string | null
    /** JSON: why no run was started then. */
    readonly error: string | null
  }
  /** One row at most: what models cost. */
  readonly prices: {
    readonly id: number
    readonly revision: number
    /** JSON; null when the shipped prices are in force again. */
    readonly document: string | null
    readonly updated_at: number
  }
  /** Who may chat with a flow without a key; a flow without a row is closed. */
  readonly public_access: {
    readonly flow_id: string
    readonly revision: number
    /** JSON: `PublicSettings`. */
    readonly settings: string
    /** Names the secret by which visitors are signed, from which it is derived. */
    readonly secret_id: string | null
    readonly updated_at: number
  }
  /** How many messages of visitors a flow got on the last day that it got any. */
  readonly public_messages: {
    readonly flow_id: string
    /** As `2026-01-31`, in UTC. */
    readonly day: string
    readonly count: number
  }
  /** What opens the server to programs, without the keys themselves. */
  readonly api_keys: {
    readonly id: string
    readonly name: string
    readonly hash: string
    /** JSON: a list; a list or "all"; the limits. */
    readonly policies: string
    readonly flows: string
    readonly environment: string | null
    readonly limits: string
    readonly created_at: number
    readonly last_used_at: number | null
    readonly revoked_at: number | null
  }
  /** Browsers in which the operator is signed in. */
  readonly operator_sessions: {
    readonly hash: string
    readonly expires_at: number
  }
}

/** The tables of `runs.db`: what happened. */
export interface RunSchema {
  readonly runs: {
    readonly id: string
    readonly flow_id: string
    readonly state: string
    readonly started_at: number
    readonly ended_at: number | null
    /** JSON, or null: usage, the *Return* value, the error. */
    readonly usage: string | null
    readonly result: string | null
    readonly error: string | null
    readonly trace: string
    /** The content hash of what ran; empty where it was lost. */
    readonly document: string
    readonly session_id: string | null
    readonly origin: string
    readonly parent_run_id: string | null
    readonly environment: string
    /** JSON: usage by model. */
    readonly models: string
    /** Of one whose start may come again: its key, which counts for its flow, and what else it was. */
    readonly start_key: string | null
    readonly start_hash: string | null
    /** The key or the visitor that started it; null for who designs. */
    readonly started_by: string | null
    /** Who may write its log while it runs. */
    readonly writer: string | null
    /** 1 when it ended and its log stands in few rows. */
    readonly is_packed: number
  }
  /** The documents that runs ran, each once. */
  readonly run_documents: {
    readonly hash: string
    /** The canonical text. */
    readonly text: string
  }
  /** Processes that write logs; one whose lease expired is gone. */
  readonly run_writers: {
    readonly id: string
    readonly expires_at: number
  }
  /** Runs that were deleted and whose events still take room. */
  readonly removed_runs: {
    readonly run_id: string
  }
  /**
   * The events first_seq … last_seq, one line of JSON each: a row per run and flush, and when the run
   * has ended fewer and longer ones, as packed bytes.
   */
  readonly run_events: {
    readonly run_id: string
    readonly first_seq: number
    readonly last_seq: number
    readonly lines: string | Uint8Array
  }
}
