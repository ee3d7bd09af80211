/**
 * How a block, or a node in it, ended. Jumps are values, not exceptions: a node that runs a block
 * takes the ends that are meant for it and hands on the others.
 */
export type BlockEnd =
  | { readonly kind: 'next' }
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }
  | { readonly kind: 'return'; readonly value: unknown }
  | { readonly kind: 'cancelled' }

/** Goes on with what comes after. */
export const next: BlockEnd = { kind: 'next' }

/** The run has come to where it was to stop. */
export const stopped: BlockEnd = { kind: 'return', value: null }

/** The run was cancelled: no further node starts. */
export const cancelled: BlockEnd = { kind: 'cancelled' }
