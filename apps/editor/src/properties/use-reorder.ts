import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'

/** An item that is being dragged: from which place, and into which gap of the list. */
export interface Drag {
  readonly from: number
  /** The items before it stand before the gap: 0 is above all of them. */
  readonly gap: number
}

/**
 * Puts the items of a list into another order by grips: dragged, or moved with the arrow keys. The
 * items are the children of the element that `listRef` is given to, and each holds one `data-grip`.
 */
export function useReorder(onMove: (from: number, to: number) => void) {
  const listRef = useRef<HTMLOListElement>(null)
  const [drag, setDrag] = useState<Drag>()
  const moved = useRef<number>(undefined)

  // An item that changed its place in the page has lost the focus.
  useEffect(() => {
    if (moved.current === undefined) return
    const item = listRef.current?.children[moved.current]
    moved.current = undefined
    item?.querySelector<HTMLElement>('[data-grip]')?.focus()
  })

  const move = (from: number, to: number) => {
    const count = listRef.current?.children.length ?? 0
    if (to === from || to < 0 || to >= count) return
    moved.current = to
    onMove(from, to)
  }
  const drop = () => {
    if (drag === undefined) return
    setDrag(undefined)
    move(drag.from, drag.gap > drag.from ? drag.gap - 1 : drag.gap)
  }
  const gripOf = (index: number) => ({
    'data-grip': true,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      setDrag({ from: index, gap: index })
    },
    onPointerMove: (event: PointerEvent) => {
      if (drag !== undefined) setDrag({ ...drag, gap: gapAt(listRef.current, event.clientY) })
    },
    onPointerUp: drop,
    onPointerCancel: () => setDrag(undefined),
    onKeyDown: (event: KeyboardEvent) => {
      if (drag !== undefined && event.key === 'Escape') {
        event.stopPropagation()
        setDrag(undefined)
      }
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
      if (step === 0) return
      event.preventDefault()
      move(index, index + step)
    },
  })
  return { listRef, drag, gripOf }
}

function gapAt(list: HTMLElement | null, y: number): number {
  return [...(list?.children ?? [])].filter((item) => {
    const { top, height } = item.getBoundingClientRect()
    return top + height / 2 < y
  }).length
}

/** On which side of an item the gap shows into which another one is dragged; most have none. */
export function gapOf(
  gap: number | undefined,
  index: number,
  count: number,
): 'before' | 'after' | undefined {
  if (gap === index) return 'before'
  return gap === count && index === count - 1 ? 'after' : undefined
}
