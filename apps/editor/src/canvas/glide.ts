import { canvasState, useCanvas } from './canvas-store.ts'
import type { Point } from './placement.ts'

/**
 * Shows items on their way from where they stood to where the document has them now. Whoever drags
 * meanwhile, or asked for no motion, sees them there at once.
 */
export function glide(
  from: ReadonlyMap<string, Point>,
  to: ReadonlyMap<string, Point>,
  duration: number,
): void {
  if (duration === 0 || from.size === 0) return
  const start = performance.now()
  let shown: ReadonlyMap<string, Point> = new Map()
  const step = (now: number) => {
    const isOurs = shown.size === 0 || useCanvas.getState().dragged === shown
    if (!isOurs) return
    const done = Math.min(1, Math.max(0, (now - start) / duration))
    if (done === 1) {
      canvasState.drop()
      return
    }
    shown = between(from, to, eased(done))
    canvasState.drag(shown)
    requestAnimationFrame(step)
  }
  step(start)
}

/** Where items are that have gone so much of their way, from 0 to 1. */
export function between(
  from: ReadonlyMap<string, Point>,
  to: ReadonlyMap<string, Point>,
  share: number,
): ReadonlyMap<string, Point> {
  return new Map(
    [...from].map(([id, [x, y]]) => {
      const [endX, endY] = to.get(id) ?? [x, y]
      return [id, [x + (endX - x) * share, y + (endY - y) * share] as const]
    }),
  )
}

function eased(share: number): number {
  return 1 - (1 - share) ** 3
}
