/** What the thread of a cluster is started with. */
export interface ClusterFiles {
  /** Holds the cluster, and what is needed to make it. */
  readonly directory: string
  /** A packed cluster to begin with. */
  readonly archive: string | undefined
}

/** What the thread of a cluster is asked for; it answers in the same order. */
export type ClusterCall =
  | { readonly kind: 'open' }
  | { readonly kind: 'execute'; readonly messages: Uint8Array }
  | { readonly kind: 'reset' }
  | { readonly kind: 'close' }

/** Its answer: messages of the protocol, none for what is no message itself. */
export interface ClusterAnswer {
  readonly messages: Uint8Array
}
