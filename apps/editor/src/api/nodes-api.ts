import {
  isRecord,
  propertyKinds,
  type ConnectionDefinition,
  type NodeDefinition,
} from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { request } from './request.ts'

/** What the flows of a server can be made of, in the order of the palette. */
export interface Definitions {
  readonly nodes: readonly NodeDefinition[]
  readonly connections: readonly ConnectionDefinition[]
}

export async function listDefinitions(): Promise<Definitions> {
  const { body } = await request('/nodes')
  return readDefinitions(body)
}

/**
 * Reads definitions that the server checked when it started. What this editor cannot draw at all is
 * left out, so that its nodes are broken cards; a property of a kind that it does not know is edited
 * as JSON.
 */
export function readDefinitions(body: unknown): Definitions {
  const { nodes, connections } = isRecord(body) ? body : {}
  if (!Array.isArray(nodes) || !Array.isArray(connections)) throw unreadable('list of nodes')
  return {
    nodes: nodes.filter(isNode).map(withKnownKinds),
    connections: connections.filter(isConnection),
  }
}

// Both look at what the editor would stumble over; the rest is the server's promise.
function isNode(value: unknown): value is NodeDefinition {
  return (
    isRecord(value) &&
    ['type', 'title', 'system', 'kind'].every((key) => typeof value[key] === 'string') &&
    isRecord(value['properties']) &&
    Object.values(value['properties']).every(isRecord)
  )
}

function isConnection(value: unknown): value is ConnectionDefinition {
  return (
    isRecord(value) &&
    ['kind', 'title'].every((key) => typeof value[key] === 'string') &&
    isRecord(value['fields']) &&
    Array.isArray(value['lookups'])
  )
}

function withKnownKinds(definition: NodeDefinition): NodeDefinition {
  const properties = Object.entries(definition.properties)
  if (properties.every(([, { kind }]) => Object.hasOwn(propertyKinds, kind))) return definition
  return {
    ...definition,
    properties: Object.fromEntries(
      properties.map(([key, property]) => [
        key,
        Object.hasOwn(propertyKinds, property.kind) ? property : { ...property, kind: 'json' },
      ]),
    ),
  }
}
