import { Secret, type Connection } from '@millrace/engine'
import {
  connectionUses,
  FlowError,
  isOfWay,
  wayTaken,
  type ConnectionDefinition,
  type ConnectionField,
  type Flow,
  type Registry,
} from '@millrace/flow'
import { redacted } from './redact.ts'

/** Where the connections of a test lead: nowhere, by the rules of the internet. */
export const stubOrigin = 'https://recorded.invalid'

/**
 * The connections of a flow as a test has them: each of the kind that its nodes take, filled in with
 * nothing that is secret. One that is not spoken to over HTTP is not opened.
 */
export function stubConnections(flow: Flow, registry: Registry): (id: string) => Connection {
  const uses = connectionUses(flow, registry)
  return (id) => {
    const use = uses.find((one) => one.id === id)
    const kinds = (use?.kinds ?? []).flatMap((kind) => registry.connections.get(kind) ?? [])
    const definition = kinds.find(({ kind }) => kind === id) ?? kinds.find(({ http }) => http)
    if (definition?.http === true) return stubOf(id, definition)
    throw new FlowError(
      'recording_missing',
      `A test does not open the connection "${id}", which is not spoken to over HTTP. Give the outputs of the node in the test, or record the test again.`,
      { property: use?.property ?? 'connection' },
    )
  }
}

function stubOf(id: string, definition: ConnectionDefinition): Connection {
  const way = wayTaken(definition, new Set())
  const fields = Object.entries(definition.fields).flatMap(([key, field]) => {
    const value = isOfWay(definition, way, key) ? stubValue(field) : undefined
    return value === undefined ? [] : [[key, value] as const]
  })
  return {
    id,
    kind: definition.kind,
    name: id,
    // What is built in has its address from the server.
    fields: {
      ...(definition.builtIn === true ? { baseUrl: stubOrigin } : {}),
      ...Object.fromEntries(fields),
    },
  }
}

function stubValue(field: ConnectionField): unknown {
  if (field.url === true) return stubOrigin
  if (field.secret === true) return new Secret(redacted)
  if (field.default !== undefined) return field.default
  return field.required === true ? redacted : undefined
}
