import { useState, type RefCallback } from 'react'

/** How high is what stands below an element in its column, in pixels, and the ref for that element. */
export function useHeightBelow(): readonly [ref: RefCallback<HTMLElement>, height: number] {
  const [height, setHeight] = useState(0)
  const [ref] = useState<RefCallback<HTMLElement>>(() => (element: HTMLElement | null) => {
    const column = element?.parentElement
    if (element === null || column === null || column === undefined) return undefined
    const observer = new ResizeObserver(() =>
      setHeight(column.clientHeight - element.offsetTop - element.offsetHeight),
    )
    observer.observe(column)
    observer.observe(element)
    return () => observer.disconnect()
  })
  return [ref, height]
}
