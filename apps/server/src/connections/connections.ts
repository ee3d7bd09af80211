import {
  FlowError,
  hasErrors,
  type ConnectionDefinition,
  type JsonObject,
  type JsonValue,
  type Problem,
} from '@millrace/flow'
import type { Connection } from '@millrace/engine'
import type { ConnectionStore, StoredConnection } from './connection-store.ts'
import { missingFields, splitFields } from './connection-fields.ts'
import type { SecretBox } from './secret-box.ts'

/** A connection as designers see it: a secret that is stored shows as `{ "set": true }`. */
export interface ConnectionView {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly fields: JsonObject
  /** Its secrets were sealed with another key, or it is damaged: it must be entered again. */
  readonly locked: boolean
  /** It comes with the server and cannot be changed. */
  readonly builtIn: boolean
  /** 0 for a built-in one. */
  readonly revision: number
}

/** The connections of this server, for designers and for runs. */
export interface Connections {
  list(): Promise<readonly ConnectionView[]>
  /** Throws `not_found`. */
  view(id: string): Promise<ConnectionView>
  create(content: {
    id: string
    kind: string
    name: string
    fields: Fields
  }): Promise<ConnectionView>
  /**
   * A secret that is left out stays, unless an address among the fields changes: then a kept secret
   * would go to a host it was not meant for, so it is cleared.
   */
  replace(
    id: string,
    change: { name: string; fields: Fields; basedOn: number },
  ): Promise<ConnectionView>
  remove(id: string, change: { basedOn: number | undefined }): Promise<void>
  /** With its secrets, for a run. Throws `connection_missing` or `connection_locked`. */
  open(id: string): Promise<Connection>
  /** What flows are checked against: the kind of every connection by id. */
  kinds(): Promise<ReadonlyMap<string, { readonly kind: string }>>
}

type Fields = Readonly<Record<string, unknown>>

interface Options {
  readonly store: ConnectionStore
  readonly box: SecretBox
  readonly definitions: ReadonlyMap<string, ConnectionDefinition>
  /** The fields of a built-in connection; called at its first use. */
  readonly openBuiltIn: (kind: string) => Promise<Fields>
}

/** Brings the stored connections, the key and the built-in connections together. */
export function createConnections({ store, box, definitions, openBuiltIn }: Options): Connections {
  const builtIns = new Map(
    [...definitions.values()]
      .filter((definition) => definition.builtIn === true)
      .map((definition) => [definition.kind, viewOfBuiltIn(definition)]),
  )
  // Kept between runs, since opening reads and decrypts; any change empties them.
  const opened = new Map<string, Promise<Connection>>()
  let knownKinds: Promise<ReadonlyMap<string, { kind: string }>> | undefined
  function forget(): void {
    opened.clear()
    knownKinds = undefined
  }

  function definitionOf(kind: string): ConnectionDefinition {
    const definition = definitions.get(kind)
    if (definition !== undefined) return definition
    const known = [...definitions.values()].filter((other) => other.builtIn !== true)
    throw new FlowError(
      'bad_request',
      `There is no connection of kind "${kind}". Use one of ${known.map((other) => other.kind).join(', ')}.`,
      { property: 'kind' },
    )
  }

  function refuseBuiltIn(id: string): void {
    const builtIn = builtIns.get(id)
    if (builtIn === undefined) return
    throw new FlowError('forbidden', `"${builtIn.name}" is built in and cannot be changed.`)
  }

  function seal(id: string, secrets: ReadonlyMap<string, JsonValue>): Record<string, string> {
    return Object.fromEntries(
      [...secrets].map(([field, value]) => [
        field,
        box.seal(JSON.stringify(value), { connection: id, field }),
      ]),
    )
  }

  /** The secrets in clear; `undefined` when any of them does not open, or cannot be read at all. */
  function unseal(connection: StoredConnection): JsonObject | undefined {
    if (connection.isDamaged) return undefined
    const secrets: Record<string, JsonValue> = {}
    for (const [field, sealed] of Object.entries(connection.secrets)) {
      const text = box.open(sealed, { connection: connection.id, field })
      if (text === undefined) return undefined
      secrets[field] = JSON.parse(text)
    }
    return secrets
  }

  function viewOf(connection: StoredConnection): ConnectionView {
    const masks = Object.keys(connection.secrets).map((field) => [field, { set: true }] as const)
    return {
      id: connection.id,
      kind: connection.kind,
      name: connection.name,
      fields: { ...connection.fields, ...Object.fromEntries(masks) },
      locked: unseal(connection) === undefined,
      builtIn: false,
      revision: connection.revision,
    }
  }

  async function openNow(id: string): Promise<Connection> {
    const builtIn = builtIns.get(id)
    if (builtIn !== undefined) {
      return { id, kind: id, name: builtIn.name, fields: await openBuiltIn(id) }
    }
    const stored = await store.find(id)
    if (stored === undefined) {
      throw new FlowError(
        'connection_missing',
        `There is no connection "${id}" on this server. Create it, or choose another one.`,
      )
    }
    const secrets = unseal(stored)
    if (secrets === undefined) {
      throw new FlowError(
        'connection_locked',
        `The secrets of the connection "${stored.name}" cannot be read with this server's key. Start the server with the MILLRACE_SECRET_KEY they were saved with, or enter them again.`,
      )
    }
    const defaults = defaultsOf(definitions.get(stored.kind))
    return {
      id,
      kind: stored.kind,
      name: stored.name,
      fields: { ...defaults, ...stored.fields, ...secrets },
    }
  }

  return {
    async list() {
      return [...builtIns.values(), ...(await store.list()).map(viewOf)]
    },
    async view(id) {
      const builtIn = builtIns.get(id)
      if (builtIn !== undefined) return builtIn
      const stored = await store.find(id)
      if (stored === undefined) throw new FlowError('not_found', `There is no connection "${id}".`)
      return viewOf(stored)
    },
    async create({ id, kind, name, fields }) {
      if (builtIns.has(id)) {
        throw new FlowError('conflict', `"${id}" is built in. Choose another id.`)
      }
      const definition = definitionOf(kind)
      if (definition.builtIn === true) {
        throw new FlowError(
          'forbidden',
          `Connections of kind "${kind}" are built in: use "${kind}" itself.`,
        )
      }
      const { plain, secrets, problems } = splitFields(definition, fields)
      const given = new Set([...Object.keys(plain), ...secrets.keys()])
      refuse([...problems, ...missingFields(definition, given)])
      const created = await store.create({
        id,
        kind,
        name,
        fields: plain,
        secrets: seal(id, secrets),
      })
      forget()
      return viewOf(created)
    },
    async replace(id, { name, fields, basedOn }) {
      refuseBuiltIn(id)
      const stored = await store.find(id)
      if (stored === undefined) throw new FlowError('not_found', `There is no connection "${id}".`)
      const definition = definitionOf(stored.kind)
      const { plain, secrets, cleared, problems } = splitFields(definition, fields)
      const kept = hasNewAddress(definition, { before: stored.fields, after: plain, secrets })
        ? {}
        : Object.fromEntries(
            Object.entries(stored.secrets).filter(([field]) => !cleared.has(field)),
          )
      // A secret that the change itself clears is asked for by the test and the run, not here.
      const given = new Set([
        ...Object.keys(plain),
        ...secrets.keys(),
        ...Object.keys(stored.secrets),
      ])
      refuse([...problems, ...missingFields(definition, given)])
      const replaced = await store.replace(id, {
        basedOn,
        name,
        fields: plain,
        secrets: { ...kept, ...seal(id, secrets) },
      })
      forget()
      return viewOf(replaced)
    },
    async remove(id, change) {
      refuseBuiltIn(id)
      await store.remove(id, change)
      forget()
    },
    open(id) {
      const known = opened.get(id)
      if (known !== undefined) return known
      const opening = openNow(id)
      opened.set(id, opening)
      opening.catch(() => opened.delete(id))
      return opening
    },
    kinds() {
      knownKinds ??= store
        .list()
        .then(
          (list) => new Map([...builtIns.values(), ...list].map(({ id, kind }) => [id, { kind }])),
        )
        .catch((error: unknown) => {
          knownKinds = undefined
          throw error
        })
      return knownKinds
    },
  }
}

function viewOfBuiltIn(definition: ConnectionDefinition): ConnectionView {
  return {
    id: definition.kind,
    kind: definition.kind,
    name: definition.title,
    fields: {},
    locked: false,
    builtIn: true,
    revision: 0,
  }
}

function defaultsOf(definition: ConnectionDefinition | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(definition?.fields ?? {}).flatMap(([key, field]) =>
      field.default === undefined ? [] : [[key, field.default]],
    ),
  )
}

function hasNewAddress(
  definition: ConnectionDefinition,
  change: { before: JsonObject; after: JsonObject; secrets: ReadonlyMap<string, JsonValue> },
): boolean {
  return Object.entries(definition.fields).some(([key, field]) => {
    if (field.address !== true) return false
    if (field.secret === true) return change.secrets.has(key)
    const before = change.before[key] ?? field.default
    return JSON.stringify(before) !== JSON.stringify(change.after[key] ?? field.default)
  })
}

function refuse(problems: readonly Problem[]): void {
  if (!hasErrors(problems)) return
  throw new FlowError('bad_request', problems.map(({ message }) => message).join(' '), {
    property: `fields.${problems[0]?.property}`,
    details: { problems },
  })
}
