import { defaultRangeExtractor, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import {
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type RefObject,
} from 'react'

/** What a long table draws in its body: a row, or the room of rows that are not drawn. */
export type DrawnPart =
  | { readonly kind: 'row'; readonly key: string; readonly index: number }
  /** `height` is in pixels. */
  | { readonly kind: 'room'; readonly key: string; readonly height: number }

/** How high rows came out, so that a table that is drawn again stands as it did. */
export type RowHeights = VirtualItem[]

export interface DrawnRows {
  readonly parts: readonly DrawnPart[]
  /** For the element whose children are the rows. */
  readonly body: RefObject<HTMLTableSectionElement | null>
  /** For each row, which says its index as `data-index`. */
  readonly measure: (row: HTMLTableRowElement | null) => void
  /** For the body: the row that has the focus stays, however far it is scrolled away. */
  readonly onFocus: (event: FocusEvent) => void
  /** Draws a row, wherever it is, and gives the focus to its first link. */
  readonly reach: (key: string) => void
  /** The end of the rows is in view, or will soon be. */
  readonly isEndNear: boolean
  readonly heights: () => RowHeights
}

/** So many rows above and below those in view are drawn too, for keys and for quick wheels. */
const around = 20

/**
 * Which rows of a long table are drawn: those in view, and the one that has the focus. A table may
 * scroll with its page, and its rows are as high as they come out.
 */
export function useDrawnRows(options: {
  /** What scrolls; `null` until it is there. */
  readonly scroller: HTMLElement | null
  /** Of all rows. */
  readonly keys: readonly string[]
  /** Of a row that was not drawn yet, in pixels. */
  readonly likelyHeight: number
  /** As they were when the table was left. */
  readonly heights?: RowHeights | undefined
  /** Gets the focus as soon as it is drawn. */
  readonly reached?: string | undefined
}): DrawnRows {
  const { scroller, keys, likelyHeight, heights = [] } = options
  const body = useRef<HTMLTableSectionElement>(null)
  const [held, setHeld] = useState(options.reached)
  const wanted = useRef(options.reached)
  const top = useTopIn(scroller, body)
  const heldIndex = held === undefined ? -1 : keys.indexOf(held)

  const virtualizer = useVirtualizer<HTMLElement, HTMLTableRowElement>({
    count: keys.length,
    getScrollElement: () => scroller,
    estimateSize: () => likelyHeight,
    getItemKey: useCallback((index: number) => keys[index] ?? index, [keys]),
    initialMeasurementsCache: heights,
    scrollMargin: top,
    overscan: around,
    rangeExtractor(range) {
      const drawn = defaultRangeExtractor(range)
      if (heldIndex === -1 || drawn.includes(heldIndex)) return drawn
      return [...drawn, heldIndex].toSorted((left, right) => left - right)
    },
  })

  useLayoutEffect(() => {
    const index = wanted.current === undefined ? -1 : keys.indexOf(wanted.current)
    const link = body.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`)
    if (link === null || link === undefined) return
    wanted.current = undefined
    link.focus()
  })

  return {
    parts: partsOf(virtualizer.getVirtualItems(), { top, height: virtualizer.getTotalSize() }),
    body,
    measure: virtualizer.measureElement,
    onFocus: ({ target }) => {
      const row = target.closest<HTMLTableRowElement>('[data-index]')
      if (row !== null) setHeld(keys[virtualizer.indexFromElement(row)])
    },
    reach(key) {
      wanted.current = key
      setHeld(key)
    },
    isEndNear: (virtualizer.range?.endIndex ?? 0) + around >= keys.length,
    heights: virtualizer.takeSnapshot,
  }
}

/** The rows, with the room between them; `top` and `height` are those of all rows, in pixels. */
function partsOf(
  rows: readonly VirtualItem[],
  { top, height }: { readonly top: number; readonly height: number },
): readonly DrawnPart[] {
  const parts: DrawnPart[] = []
  let end = top
  // Keys never change their order: what is moved in the page would lose the focus.
  const leaveRoom = (upTo: number, key: string) => {
    if (upTo > end) parts.push({ kind: 'room', key, height: upTo - end })
  }
  for (const row of rows) {
    leaveRoom(row.start, `room before ${row.key}`)
    parts.push({ kind: 'row', key: String(row.key), index: row.index })
    end = row.end
  }
  leaveRoom(top + height, 'room at the end')
  return parts
}

/** How far below the top of what scrolls an element begins, in pixels. */
function useTopIn(scroller: HTMLElement | null, element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const below = element.current
    if (scroller === null || below === null) return
    const look = () => {
      const distance = below.getBoundingClientRect().top - scroller.getBoundingClientRect().top
      setTop(Math.round(distance + scroller.scrollTop))
    }
    look()
    // What stands above may become higher, and with it what it is in.
    const observer = new ResizeObserver(look)
    for (const one of [scroller, ...scroller.children]) observer.observe(one)
    return () => observer.disconnect()
  }, [scroller, element])
  return top
}
