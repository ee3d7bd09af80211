import type { ErrorCode } from '@millrace/flow'

/** What came of testing a connection; its texts are for the designer. */
export interface ConnectionTest {
  readonly ok: boolean
  /** What was found, and what to do if it does not work. */
  readonly message: string
  readonly details: ConnectionTestDetails
}

/** What a test found, in parts; what it could not find out is left out. */
export interface ConnectionTestDetails {
  /** A few words that fit a title: "It works", "The API key was refused". */
  readonly summary: string
  /** From the request to the end of its answer, in milliseconds; absent when nothing answered. */
  readonly latencyMs?: number
  /** What answered, as far as it tells reliably: "Ollama". */
  readonly server?: string
  /** How many models it offers. */
  readonly models?: number
  /** The ids of its models, at most 1,000, in its order. */
  readonly modelIds?: readonly string[]
  /** What else was found, each as a line of a list: its label, and its value. */
  readonly findings?: readonly { readonly label: string; readonly value: string }[]
  /** It works, but the designer should know this. */
  readonly warning?: string
  /** Of a test that failed: as a run would fail. */
  readonly code?: ErrorCode
  /** What would mend a test that failed: a field of the connection, and its better value. */
  readonly suggestion?: { readonly field: string; readonly value: string }
}
