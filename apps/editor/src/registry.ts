import type { ConnectionDefinition, NodeDefinition, Registry } from '@millrace/flow'
import { listDefinitions, type Definitions } from './api/nodes-api.ts'

const nodes = new Map<string, NodeDefinition>()
const connections = new Map<string, ConnectionDefinition>()

/**
 * All that flows of this server can be made of. Empty until `loadRegistry` filled it, once, before
 * anything is drawn that looks into it.
 */
export const registry: Registry = { nodes, connections, migrations: [] }

/** Asks the server for its definitions. Fails with an `ApiError`; then it may be called again. */
export async function loadRegistry(): Promise<void> {
  fillRegistry(await listDefinitions())
}

/** Fills the registry with definitions in the order of the palette, in place of what it held. */
export function fillRegistry(definitions: Definitions): void {
  nodes.clear()
  connections.clear()
  for (const definition of definitions.nodes) nodes.set(definition.type, definition)
  for (const definition of definitions.connections) connections.set(definition.kind, definition)
}
