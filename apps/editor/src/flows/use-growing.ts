import { useEffect, useRef, useState, type RefObject } from 'react'

/** So many are drawn at first, and with each step. */
const step = 60

/** How much of a long list is drawn: more as soon as its end, the element, comes near the window. */
export function useGrowing(): {
  readonly count: number
  readonly end: RefObject<HTMLDivElement | null>
} {
  const [count, setCount] = useState(step)
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (end.current === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setCount(count + step)
      },
      { rootMargin: '800px' },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [count])
  return { count, end }
}
