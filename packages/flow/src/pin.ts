import { z } from 'zod'

/** What a node has instead of running. */
export interface Pin {
  /** By their keys in the node's definition. */
  readonly outputs: Readonly<Record<string, unknown>>
  /** The flow variables that the node, or what is in its blocks, would have set, by name. */
  readonly variables?: Readonly<Record<string, unknown>>
}

const values = z.record(z.string(), z.unknown())

/** Reads a pin that came from outside. */
export const pinSchema = z.object({
  outputs: values,
  variables: values.exactOptional(),
}) satisfies z.ZodType<Pin>

/** Reads what is pinned in a flow, by node id. */
export const pinsSchema = z.record(z.string(), pinSchema)
