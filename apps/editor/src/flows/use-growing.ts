import { useEffect, useRef, useState, type RefObject } from 'react'

/** So many are drawn at first, and with each step. */
const step = 60

/** How much of a long list is drawn: more as soon as `end`, which stands behind it, comes near. */
export function useGrowing(total: number): {
  readonly count: number
  /** Belongs to an element that is there while `count` is less than the total. */
  readonly end: RefObject<HTMLDivElement | null>
} {
  const [count, setCount] = useState(step)
  const end = useRef<HTMLDivElement>(null)
  const isMore = count < total
  useEffect(() => {
    if (end.current === null || !isMore) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setCount(count + step)
      },
      { rootMargin: '800px' },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [count, isMore])
  return { count, end }
}
