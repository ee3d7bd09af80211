import { ArrowDown } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import styles from './scroller.module.css'

export interface ScrollerProps {
  readonly label: string
  /** Another value brings the end into view, wherever the reader is: a question was sent. */
  readonly follow: unknown
  readonly children: ReactNode
}

/** So near to the end counts as at it, in pixels. */
const nearness = 24

/** Stays at the end while text streams in, unless the reader scrolled up; then a button leads back. */
export function Scroller({ label, follow, children }: ScrollerProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const [showsJump, setShowsJump] = useState(false)

  useEffect(() => {
    const box = scroller.current
    if (box === null || content.current === null) return undefined
    let lastTop = box.scrollTop
    const onScroll = () => {
      const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < nearness
      // What moved the end away may come before the event of our own scrolling: only readers go up.
      if (isNear || box.scrollTop < lastTop) isAtEnd.current = isNear
      lastTop = box.scrollTop
      setShowsJump(!isAtEnd.current)
    }
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) toEnd(box)
      else onScroll()
    })
    observer.observe(content.current)
    observer.observe(box)
    box.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      box.removeEventListener('scroll', onScroll)
    }
  }, [])
  useEffect(() => toEnd(scroller.current), [follow])

  return (
    <div className={styles.frame}>
      <div ref={scroller} className={styles.scroller} tabIndex={0} role="region" aria-label={label}>
        <div ref={content} className={styles.content}>
          {children}
        </div>
      </div>
      {showsJump && (
        <button type="button" className={styles.jump} onClick={() => toEnd(scroller.current)}>
          <ArrowDown size={14} aria-hidden /> Jump to the latest
        </button>
      )}
    </div>
  )
}

function toEnd(box: HTMLDivElement | null): void {
  if (box !== null) box.scrollTop = box.scrollHeight
}
