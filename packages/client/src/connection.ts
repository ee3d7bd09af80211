import type { FlowError } from '@millrace/flow/events'

/** How the connection of a call stands, for whoever shows it. */
export type ConnectionState =
  | { readonly state: 'open' }
  /** It was lost, or the server is not ready: it is asked again after so many ms. */
  | { readonly state: 'waiting'; readonly ms: number; readonly error: FlowError }
  /** Nothing more comes: the end, an error, or the reader left. */
  | { readonly state: 'closed' }

/** What every call takes. */
export interface CallOptions {
  /** Ends the call when aborted. What becomes of the run is the flow's disconnect policy. */
  readonly signal?: AbortSignal | undefined
  /** Told whenever the connection of the call stands differently. */
  readonly onConnection?: ((connection: ConnectionState) => void) | undefined
}
