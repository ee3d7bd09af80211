import {
  FlowError,
  isOfWay,
  wayTaken,
  type ConnectionDefinition,
  type JsonObject,
} from '@millrace/flow'
import type { SplitFields } from './connection-fields.ts'
import type { StoredConnection } from './connection-store.ts'
import type { SecretBox } from './secret-box.ts'

/** The secrets of connections, in clear, by their places. */
type OpenSecrets = ReadonlyMap<string, string>

/** Seals the secrets of connections for the store, and opens what it has. */
export interface SealedSecrets {
  /** For the connection of this id, and no other. */
  seal(connectionId: string, secrets: Iterable<[string, string]>): Readonly<Record<string, string>>
  /** `undefined` when any of them does not open, or the connection cannot be read at all. */
  open(connection: StoredConnection): OpenSecrets | undefined
  /** Throws `connection_locked` instead. */
  expectOpen(connection: StoredConnection): OpenSecrets
}

/** Secrets under the key of a box. */
export function createSealedSecrets(box: SecretBox): SealedSecrets {
  function open(connection: StoredConnection): OpenSecrets | undefined {
    if (connection.isDamaged) return undefined
    const secrets = new Map<string, string>()
    for (const [field, sealed] of Object.entries(connection.secrets)) {
      const text = box.open(sealed, { connection: connection.id, field })
      if (text === undefined) return undefined
      secrets.set(field, String(JSON.parse(text)))
    }
    return secrets
  }

  return {
    seal(connectionId, secrets) {
      return Object.fromEntries(
        [...secrets].map(([field, text]) => [
          field,
          box.seal(JSON.stringify(text), { connection: connectionId, field }),
        ]),
      )
    },
    open,
    expectOpen(connection) {
      const secrets = open(connection)
      if (secrets !== undefined) return secrets
      throw new FlowError(
        'connection_locked',
        `The secrets of the connection "${connection.name}" cannot be read with this server's key. Start the server with the MILLRACE_SECRET_KEY they were saved with, or enter them again.`,
      )
    },
  }
}

/**
 * The sealed secrets that a change leaves as they are: none once their address is another, and none of
 * a way to fill in the connection that the change has left.
 */
export function keptSecrets(
  definition: ConnectionDefinition,
  stored: StoredConnection,
  change: SplitFields,
): Readonly<Record<string, string>> {
  if (hasNewAddress(definition, stored.fields, change)) return {}
  return Object.fromEntries(
    Object.entries(secretsOfWay(definition, stored, change)).filter(
      ([place]) => !change.cleared.has(place) && !change.secrets.has(place),
    ),
  )
}

/** The stored secrets of the way that a change takes; one that gives no field of any stays in its way. */
export function secretsOfWay(
  definition: ConnectionDefinition,
  stored: StoredConnection,
  change: SplitFields,
): Readonly<Record<string, string>> {
  const changed = new Set([...Object.keys(change.plain), ...change.secrets.keys()])
  const isOfAny = [...changed].some((key) => !isOfWay(definition, undefined, key))
  const way = wayTaken(definition, isOfAny ? changed : new Set(Object.keys(stored.secrets)))
  return Object.fromEntries(
    Object.entries(stored.secrets).filter(([place]) => isOfWay(definition, way, place)),
  )
}

function hasNewAddress(
  definition: ConnectionDefinition,
  before: JsonObject,
  change: SplitFields,
): boolean {
  return Object.entries(definition.fields).some(([key, field]) => {
    if (field.address !== true) return false
    if (field.secret === true) return change.secrets.has(key)
    const now = change.plain[key] ?? field.default
    return JSON.stringify(before[key] ?? field.default) !== JSON.stringify(now)
  })
}
