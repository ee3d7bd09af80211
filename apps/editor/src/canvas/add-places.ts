import { continuePortOf, type Flow, type Registry } from '@millrace/flow'
import type { PickerOrigin } from '../session/opened.ts'
import { execOutId } from './card-layout.ts'
import { readPort } from './wiring.ts'

/** Where a node goes that runs after another; `undefined` where nothing can follow. */
export function placeAfter(
  flow: Flow,
  registry: Registry,
  nodeId: string,
): PickerOrigin | undefined {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const definition = node && registry.nodes.get(node.type)
  const port = definition && continuePortOf(definition)
  return port === undefined ? undefined : placeAt(flow, nodeId, execOutId(port))
}

/** Where a node goes that runs before another; `undefined` where nothing leads to that one. */
export function placeBefore(flow: Flow, nodeId: string): PickerOrigin | undefined {
  const splice = flow.edges.find(({ to }) => to === nodeId)
  return splice === undefined ? undefined : { splice }
}

/** Where a node goes that is added at a port: into the edge that leaves it, else to its end. */
export function placeAt(flow: Flow, nodeId: string, portId: string): PickerOrigin {
  const port = readPort(portId)
  const splice = flow.edges.find(
    ({ from }) => from[0] === nodeId && port.kind === 'exec' && from[1] === port.key,
  )
  return splice === undefined ? { from: [nodeId, portId] } : { splice }
}
