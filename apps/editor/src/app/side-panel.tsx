import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { resizedPanel, type PanelEdge } from './resized-panel.ts'
import styles from './side-panel.module.css'

interface SidePanelProps {
  readonly id: string
  readonly name: string
  /** Where the divider stands that resizes it. */
  readonly edge: PanelEdge
  /** Its width, or at the bottom its height, in pixels. */
  readonly size: number
  readonly range: readonly [minimum: number, maximum: number]
  readonly onSize: (size: number) => void
  /** It covers all that it shares its room with. */
  readonly isMaximised?: boolean
  /** Without any, it is the room for what lies over it. */
  readonly children?: ReactNode
}

/** A panel beside the canvas with its divider, which is dragged, or moved with the arrow keys. */
export function SidePanel(props: SidePanelProps) {
  const { id, name, edge, size, range, onSize, isMaximised = false, children } = props
  const panel = useRef<HTMLDivElement>(null)
  const drag = useRef<{ readonly at: number; readonly size: number }>(undefined)
  const isUpright = edge !== 'top'

  function resize(by: number, from: number): void {
    const bounds = panel.current?.parentElement?.getBoundingClientRect()
    const room = (isUpright ? bounds?.width : bounds?.height) ?? Infinity
    onSize(resizedPanel({ size: from, by, edge, range, room }))
  }

  function placeOf(event: PointerEvent): number {
    return isUpright ? event.clientX : event.clientY
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = isUpright
      ? { ArrowLeft: -16, ArrowRight: 16 }[event.key]
      : { ArrowUp: -16, ArrowDown: 16 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    resize(step, size)
  }

  const divider = (
    <div
      role="separator"
      tabIndex={0}
      className={styles.divider}
      aria-orientation={isUpright ? 'vertical' : 'horizontal'}
      aria-label={`Resize the ${name.toLowerCase()}`}
      aria-controls={`panel-${id}`}
      aria-valuenow={Math.round(size)}
      aria-valuemin={range[0]}
      aria-valuemax={range[1]}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { at: placeOf(event), size }
      }}
      onPointerMove={(event) => {
        const { current } = drag
        if (current !== undefined) resize(placeOf(event) - current.at, current.size)
      }}
      onLostPointerCapture={() => (drag.current = undefined)}
    />
  )
  return (
    <>
      {edge !== 'right' && !isMaximised && divider}
      <div
        ref={panel}
        id={`panel-${id}`}
        className={styles.panel}
        data-maximised={isMaximised || undefined}
        style={isUpright ? { width: size } : { height: size }}
      >
        {children}
      </div>
      {edge === 'right' && divider}
    </>
  )
}
