import type { Flow } from './flow.ts'

/** A flow with nothing on its canvas. */
export function emptyFlow(id: string, name: string): Flow {
  return { format: 'millrace/flow', version: 1, id, name, nodes: [], edges: [] }
}
