import { Secret, type Connection } from '@millrace/engine'
import {
  FlowError,
  isOfWay,
  isRecord,
  isSecretHeader,
  wayTaken,
  type ConnectionField,
  type Registry,
} from '@millrace/flow'
import { UsageError } from './exit-code.ts'
import { installedNodes } from './installed-nodes.ts'
import { parseJson, readText } from './read-flow.ts'

/** The environment that `${NAME}` in a connections file stands for. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the connections that a run may use, by id:
 * `{ "my-openai": { "kind": "openai", "fields": { "apiKey": "${OPENAI_API_KEY}" } } }`.
 * Throws a `UsageError` for a file that is not like this, or a variable that is not set.
 */
export async function readConnections(
  path: string,
  environment: Environment,
): Promise<ReadonlyMap<string, Connection>> {
  const content = parseJson(await readText(path), path)
  if (!isRecord(content)) throw new UsageError(`"${path}" is not an object of connections by id.`)
  const { registry } = await installedNodes(environment)
  return new Map(
    Object.entries(content).map(([id, entry]) => [
      id,
      readConnection(id, entry, { environment, registry }),
    ]),
  )
}

function readConnection(
  id: string,
  entry: unknown,
  { environment, registry }: { readonly environment: Environment; readonly registry: Registry },
): Connection {
  const kind = isRecord(entry) ? entry['kind'] : undefined
  const definition = typeof kind === 'string' ? registry.connections.get(kind) : undefined
  if (!isRecord(entry) || definition === undefined) {
    const known = [...registry.connections.keys()].join(', ')
    throw new UsageError(`Connection "${id}" needs a "kind", one of: ${known}.`)
  }
  const given = isRecord(entry['fields']) ? entry['fields'] : {}
  const way = wayTaken(definition, new Set(Object.keys(given)))
  const fields = Object.entries(definition.fields).flatMap(([key, field]) => {
    if (!isOfWay(definition, way, key)) {
      if (given[key] === undefined) return []
      throw new UsageError(
        `Connection "${id}" is filled in by "${way?.label}", with which the field "${key}" does not go. Remove one of the two.`,
      )
    }
    const value = fillIn(given[key], environment, id) ?? field.default
    if (value === undefined && field.required === true) {
      throw new UsageError(`Connection "${id}" needs the field "${key}" (${field.label}).`)
    }
    return value === undefined ? [] : [[key, sealed(field, value)] as const]
  })
  const name = typeof entry['name'] === 'string' ? entry['name'] : id
  return { id, kind: definition.kind, name, fields: Object.fromEntries(fields) }
}

/** As whoever uses the connection gets it: what is secret prints as `[secret]`. */
function sealed(field: ConnectionField, value: unknown): unknown {
  if (field.secret === true) return new Secret(String(value))
  if (field.kind !== 'headers' || !isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => [
      name,
      isSecretHeader(name) ? new Secret(String(text)) : text,
    ]),
  )
}

function fillIn(value: unknown, environment: Environment, id: string): unknown {
  if (isRecord(value)) {
    const entries = Object.entries(value)
    return Object.fromEntries(entries.map(([key, text]) => [key, fillIn(text, environment, id)]))
  }
  if (typeof value !== 'string') return value
  return value.replaceAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    const text = environment[name]
    if (text === undefined) {
      throw new UsageError(
        `Connection "${id}" uses \${${name}}, which is not set. Set the environment variable "${name}".`,
      )
    }
    return text
  })
}

/** The error of a flow that names a connection which the file does not have. */
export function connectionMissing(id: string): FlowError {
  return new FlowError(
    'connection_missing',
    `There is no connection "${id}". Name it in a file and give that by --connections.`,
    { property: 'connection' },
  )
}
