import type { Pins } from '@millrace/engine'
import type { Pin } from '@millrace/flow'

/** Pins that are the same at each visit. */
export function pinsOf(pinned: Readonly<Record<string, Pin>>): Pins {
  return new Map(Object.entries(pinned).map(([nodeId, pin]) => [nodeId, () => pin]))
}
