import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type RefObject } from 'react'

export interface RowsInView {
  /** For the element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>
  /** The rows to draw, by their index, and where they stand in pixels. */
  readonly rows: ReturnType<Virtualizer<HTMLDivElement, Element>['getVirtualItems']>
  /** In pixels, of all rows. */
  readonly height: number
  readonly show: (index: number) => void
}

/** Which of many rows of the same height are in view; the row that is shown is brought there. */
export function useRowsInView(options: {
  readonly count: number
  /** Of one row, in pixels. */
  readonly rowHeight: number
  /** What stands still above the rows, in pixels. */
  readonly headHeight?: number
  /** Brought into view whenever it becomes another one; `undefined` for none. */
  readonly shown?: number | undefined
}): RowsInView {
  const { count, rowHeight, headHeight = 0, shown } = options
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: headHeight,
  })
  useEffect(() => {
    if (shown !== undefined) virtualizer.scrollToIndex(shown, { align: 'auto' })
  }, [virtualizer, shown])
  return {
    scroller,
    rows: virtualizer.getVirtualItems(),
    height: virtualizer.getTotalSize(),
    show: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }
}
