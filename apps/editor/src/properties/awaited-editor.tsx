import { useEffect, type RefObject } from 'react'

/** Something that is wanted of an editor whose code is still on its way. */
export type Wish<Handle> = (handle: Handle) => void

export interface FulfilWishProps<Handle> {
  readonly handle: RefObject<Handle | null> | undefined
  /** The last one counts: it is what somebody clicked at last. */
  readonly wish: RefObject<Wish<Handle> | undefined>
}

/** Stands behind an editor that is loaded on demand, and does what was wanted of it until then. */
export function FulfilWish<Handle>({ handle, wish }: FulfilWishProps<Handle>) {
  // After the effects of the editor before it, which make what the handle reaches.
  useEffect(() => {
    const fulfil = wish.current
    wish.current = undefined
    if (handle?.current) fulfil?.(handle.current)
  }, [handle, wish])
  return null
}
