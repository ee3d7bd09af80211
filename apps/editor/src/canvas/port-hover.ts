import { useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { bindingLinesOf } from './bindings.ts'
import { canvasState, portKey, type HoveredPort } from './canvas-store.ts'

/** The pointer came upon a port, or left it: what the port is bound to lights up. */
export function hoverPort(port: HoveredPort | undefined): void {
  if (port === undefined) {
    canvasState.hoverPort(undefined, new Set())
    return
  }
  const { nodeId, portId } = port
  const lines = bindingLinesOf(useDocument.getState().flow, registry, [nodeId])
  const partners = lines.flatMap((line) => {
    if (line.toNodeId === nodeId && line.toPortId === portId) {
      return [portKey(line.fromNodeId, line.fromPortId)]
    }
    if (line.fromNodeId === nodeId && line.fromPortId === portId) {
      return [portKey(line.toNodeId, line.toPortId)]
    }
    return []
  })
  canvasState.hoverPort(port, new Set(partners))
}
