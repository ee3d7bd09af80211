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
  useEffect(() => {
    if (wish.current === undefined) return undefined
    // A dialog takes the focus back in the next frame when what had it is gone: after that.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        const fulfil = wish.current
        wish.current = undefined
        if (handle?.current) fulfil?.(handle.current)
      })
    })
    return () => cancelAnimationFrame(frame)
  }, [handle, wish])
  return null
}
