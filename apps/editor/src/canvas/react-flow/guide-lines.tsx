import { ViewportPortal } from '@xyflow/react'
import { useCanvas } from '../canvas-store.ts'
import type { GuideLine } from '../guides.ts'
import styles from './guide-lines.module.css'

/** What the dragged cards line up with. */
export function GuideLines() {
  const guides = useCanvas((canvas) => canvas.guides)
  if (guides.length === 0) return null
  return (
    <ViewportPortal>
      <svg className={styles.guides} aria-hidden>
        {guides.map((guide) => (
          <path
            key={`${guide.kind} ${guide.axis} ${guide.at} ${guide.from}`}
            d={guide.kind === 'edge' ? lineOf(guide) : gapOf(guide)}
          />
        ))}
      </svg>
    </ViewportPortal>
  )
}

/** How far a line of the edge kind goes beyond the cards, and how long the ends of a gap are. */
const overhang = 12
const gapEnd = 5

function lineOf({ axis, at, from, to }: GuideLine): string {
  const [start, end] = [from - overhang, to + overhang]
  return axis === 'vertical' ? `M${at} ${start}V${end}` : `M${start} ${at}H${end}`
}

function gapOf({ axis, at, from, to }: GuideLine): string {
  const [before, after] = [at - gapEnd, at + gapEnd]
  return axis === 'horizontal'
    ? `M${from} ${before}V${after}M${from} ${at}H${to}M${to} ${before}V${after}`
    : `M${before} ${from}H${after}M${at} ${from}V${to}M${before} ${to}H${after}`
}
