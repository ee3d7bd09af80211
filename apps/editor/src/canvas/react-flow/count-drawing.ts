/** What is counted: a card or an edge that is drawn, a data line whose path is worked out. */
type Drawn = 'card' | 'edge' | 'line'

declare global {
  /** Told of every drawing; the journeys count them, and nobody else listens. */
  var millraceDrawing: ((what: Drawn, id: string) => void) | undefined
}

/** Says that something is drawn. */
export function countDrawing(what: Drawn, id: string): void {
  globalThis.millraceDrawing?.(what, id)
}
