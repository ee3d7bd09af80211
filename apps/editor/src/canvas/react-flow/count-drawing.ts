declare global {
  /** Told of every drawing of a card or an edge; the journeys count them, and nobody else listens. */
  var millraceDrawing: ((what: 'card' | 'edge', id: string) => void) | undefined
}

/** Says that a card or an edge is drawn. */
export function countDrawing(what: 'card' | 'edge', id: string): void {
  globalThis.millraceDrawing?.(what, id)
}
