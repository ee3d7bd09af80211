/**
 * What is counted: a card, an edge, a text field or a tooltip that is drawn, a data line whose path is
 * worked out.
 */
type Drawn = 'card' | 'edge' | 'field' | 'line' | 'tooltip'

declare global {
  /** Told of every drawing; the journeys count them, and nobody else listens. */
  var millraceDrawing: ((what: Drawn, id: string) => void) | undefined
}

/** Says that something is drawn. */
export function countDrawing(what: Drawn, id: string): void {
  globalThis.millraceDrawing?.(what, id)
}
