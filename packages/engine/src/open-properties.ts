import { FlowError } from '@millrace/flow'
import type { PlannedProperty } from './plan.ts'
import type { Values } from './resolve.ts'
import type { Services } from './services.ts'

/** The values of a node's properties by key; a connection stands as its id. */
export type Properties = Readonly<Record<string, unknown>>

/** Works out the properties of a node from the values of its run. */
export function resolveProperties(planned: readonly PlannedProperty[], values: Values): Properties {
  const properties: Record<string, unknown> = {}
  for (const { key, resolve } of planned) properties[key] = resolve(values)
  return properties
}

/**
 * The same properties with connections, secrets included, in the place of their ids. An error says
 * which property named the connection.
 */
export async function openConnections(
  planned: readonly PlannedProperty[],
  properties: Properties,
  services: Services,
): Promise<Properties> {
  const opened: Record<string, unknown> = { ...properties }
  for (const { key, kind } of planned) {
    const id = properties[key]
    if (kind !== 'connection' || typeof id !== 'string') continue
    try {
      opened[key] = await services.connections.get(id)
    } catch (error) {
      throw error instanceof FlowError ? error.in(key) : error
    }
  }
  return opened
}
