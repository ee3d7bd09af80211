/** The edge of a panel that is moved to resize it. */
export type PanelEdge = 'left' | 'right' | 'top'

/** What stays for the canvas, in pixels. */
const leastCanvas = 160

interface Resizing {
  /** Its size before, in pixels. */
  readonly size: number
  /** How far its edge moves, to the right or downwards. */
  readonly by: number
  readonly edge: PanelEdge
  readonly range: readonly [minimum: number, maximum: number]
  /** What it shares with the canvas, in pixels. */
  readonly room: number
}

/** The size of a panel whose edge was moved: within its range, and leaving room for the canvas. */
export function resizedPanel({ size, by, edge, range, room }: Resizing): number {
  const wanted = edge === 'right' ? size + by : size - by
  const [minimum, maximum] = range
  return Math.max(minimum, Math.min(wanted, maximum, room - leastCanvas))
}
