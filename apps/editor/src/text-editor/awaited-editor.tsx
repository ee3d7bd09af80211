import { Suspense, useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { whenLedElsewhere } from '../ui/when-led-elsewhere.ts'

/** Something that is wanted of an editor whose code is still on its way. */
export type Wish<Handle> = (handle: Handle) => void

/** Holds what is wanted; the last one counts: it is what somebody clicked at last. */
export type WishPlace<Handle> = RefObject<Wish<Handle> | undefined>

/** The props of an editor, with a handle that its owner can use before the code is there. */
export type AwaitedProps<Props, Handle> = Omit<Props, 'handle'> & {
  readonly handle: RefObject<Handle | null>
}

export interface AwaitedEditorProps<Handle> {
  readonly handle: RefObject<Handle | null>
  /** Shown until the code is there; it may leave a wish. */
  readonly standIn: (wish: WishPlace<Handle>) => ReactNode
  /** The editor, which is `lazy`. */
  readonly children: ReactNode
}

/** An editor that is loaded on demand, and does then what was wanted of it until then. */
export function AwaitedEditor<Handle>({ handle, standIn, children }: AwaitedEditorProps<Handle>) {
  const wish = useRef<Wish<Handle>>(undefined)
  return (
    <Suspense fallback={standIn(wish)}>
      {children}
      <FulfilWish handle={handle} wish={wish} />
    </Suspense>
  )
}

interface FulfilWishProps<Handle> {
  readonly handle: RefObject<Handle | null>
  readonly wish: WishPlace<Handle>
}

/** Stands behind the editor, so that its handle is there. */
function FulfilWish<Handle>({ handle, wish }: FulfilWishProps<Handle>) {
  useEffect(() => {
    const fulfil = wish.current
    if (fulfil === undefined || handle.current === null) return undefined
    wish.current = undefined
    // At once: what somebody goes on typing meanwhile would be keys of the canvas.
    fulfil(handle.current)
    const focused = document.activeElement
    // A dialog takes the focus back in the next frame when what had it is gone: after that.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        const isTaken = focused !== document.activeElement
        if (isTaken && focused instanceof HTMLElement) focused.focus({ preventScroll: true })
      })
    })
    // Who points at something else in between, as at what opens a picker, means that.
    const giveUp = () => cancelAnimationFrame(frame)
    const listenNoMore = whenLedElsewhere(giveUp)
    return () => {
      giveUp()
      listenNoMore()
    }
  }, [handle, wish])
  return null
}
