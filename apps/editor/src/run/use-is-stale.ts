import { nodeIn } from '../document/node-in.ts'
import { useShownFlow } from '../canvas/shown-flow.ts'
import { useRun } from './run-store.ts'

/** Whether a node was set otherwise since the watched run, so that what that shows may not hold. */
export function useIsStale(nodeId: string): boolean {
  const ranWith = useRun(({ document }) => nodeIn(document, nodeId)?.properties)
  const hasRun = useRun(({ document }) => nodeIn(document, nodeId) !== undefined)
  const properties = useShownFlow((flow) => nodeIn(flow, nodeId)?.properties)
  return hasRun && properties !== ranWith
}
