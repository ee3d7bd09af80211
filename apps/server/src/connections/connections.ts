import {
  FlowError,
  hasErrors,
  type ConnectionDefinition,
  type JsonObject,
  type Problem,
} from '@millrace/flow'
import { Secret, type Connection } from '@millrace/engine'
import type { ConnectionStore, StoredConnection } from './connection-store.ts'
import { wayProblems, splitFields, withSecrets, type SplitFields } from './connection-fields.ts'
import { createSealedSecrets, keptSecrets, secretsOfWay } from './sealed-secrets.ts'
import type { SecretBox } from './secret-box.ts'

/** A connection as designers see it: a secret that is stored shows as `{ "set": true }`. */
export interface ConnectionView {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly fields: Fields
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
  /**
   * A copy under another id and name. It keeps the secrets, as it keeps the address: they go nowhere
   * else. Throws `connection_locked` when they cannot be read.
   */
  duplicate(id: string, copy: { id: string; name: string }): Promise<ConnectionView>
  remove(id: string, change: { basedOn: number | undefined }): Promise<void>
  /**
   * What `create` would make of these parts, or `replace` of the connection `storedId`, without
   * storing it: a stored secret comes along only where the address is the stored one.
   */
  openUnsaved(draft: {
    kind: string
    name: string
    fields: Fields
    storedId: string | undefined
  }): Promise<Connection>
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
  const sealed = createSealedSecrets(box)
  // Kept between runs, since opening reads and decrypts; any change empties them.
  const opened = new Map<string, Promise<Connection>>()
  // These never change: what was opened through one, such as a pool, is that of all runs.
  const openedBuiltIns = new Map<string, Promise<Connection>>()
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

  /** Of a connection that a designer makes. */
  function definitionOfOwn(kind: string): ConnectionDefinition {
    const definition = definitionOf(kind)
    if (definition.builtIn !== true) return definition
    throw new FlowError(
      'forbidden',
      `Connections of kind "${kind}" are built in: use "${kind}" itself.`,
    )
  }

  function refuseBuiltIn(id: string): void {
    const builtIn = builtIns.get(id)
    if (builtIn === undefined) return
    throw new FlowError('forbidden', `"${builtIn.name}" is built in and cannot be changed.`)
  }

  async function findStored(id: string): Promise<StoredConnection> {
    const stored = await store.find(id)
    if (stored === undefined) throw new FlowError('not_found', `There is no connection "${id}".`)
    return stored
  }

  function viewOf(connection: StoredConnection): ConnectionView {
    const masks = Object.keys(connection.secrets).map((place) => [place, { set: true }] as const)
    return {
      id: connection.id,
      kind: connection.kind,
      name: connection.name,
      fields: withSecrets(connection.fields, Object.fromEntries(masks)),
      locked: sealed.open(connection) === undefined,
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
    return {
      id,
      kind: stored.kind,
      name: stored.name,
      fields: openFields(definitions.get(stored.kind), stored.fields, sealed.expectOpen(stored)),
    }
  }

  /** The stored secrets that a change leaves as they are, in clear. */
  async function openKept(
    id: string,
    change: { definition: ConnectionDefinition; split: SplitFields },
  ): Promise<ReadonlyMap<string, string>> {
    refuseBuiltIn(id)
    const stored = await findStored(id)
    if (stored.kind !== change.definition.kind) {
      throw new FlowError(
        'bad_request',
        `The kind of the connection "${id}" is "${stored.kind}" and stays so. Leave out its id to test another kind.`,
        { property: 'kind' },
      )
    }
    return sealed.expectOpen({
      ...stored,
      secrets: keptSecrets(change.definition, stored, change.split),
    })
  }

  return {
    async list() {
      return [...builtIns.values(), ...(await store.list()).map(viewOf)]
    },
    async view(id) {
      const builtIn = builtIns.get(id)
      if (builtIn !== undefined) return builtIn
      return viewOf(await findStored(id))
    },
    async create({ id, kind, name, fields }) {
      if (builtIns.has(id)) {
        throw new FlowError('conflict', `"${id}" is built in. Choose another id.`)
      }
      const definition = definitionOfOwn(kind)
      const { plain, secrets, problems } = splitFields(definition, fields)
      const given = new Set([...Object.keys(plain), ...secrets.keys()])
      refuse([...problems, ...wayProblems(definition, given)])
      const created = await store.create({
        id,
        kind,
        name,
        fields: plain,
        secrets: sealed.seal(id, secrets),
      })
      forget()
      return viewOf(created)
    },
    async replace(id, { name, fields, basedOn }) {
      refuseBuiltIn(id)
      const stored = await findStored(id)
      const definition = definitionOf(stored.kind)
      const { problems, ...split } = splitFields(definition, fields)
      const { plain, secrets } = split
      // A secret that the change itself clears is asked for by the test and the run, not here.
      const given = new Set([
        ...Object.keys(plain),
        ...secrets.keys(),
        ...Object.keys(secretsOfWay(definition, stored, split)),
      ])
      refuse([...problems, ...wayProblems(definition, given)])
      const replaced = await store.replace(id, {
        basedOn,
        name,
        fields: plain,
        secrets: { ...keptSecrets(definition, stored, split), ...sealed.seal(id, secrets) },
      })
      forget()
      return viewOf(replaced)
    },
    async duplicate(id, copy) {
      refuseBuiltIn(id)
      const { kind, fields, ...stored } = await findStored(id)
      const secrets = sealed.seal(copy.id, sealed.expectOpen({ kind, fields, ...stored }))
      const created = await store.create({ ...copy, kind, fields, secrets })
      forget()
      return viewOf(created)
    },
    async openUnsaved({ kind, name, fields, storedId }) {
      const definition = definitionOfOwn(kind)
      const { problems, ...split } = splitFields(definition, fields)
      const kept =
        storedId === undefined ? new Map() : await openKept(storedId, { definition, split })
      const secrets = new Map([...kept, ...split.secrets])
      const given = new Set([...Object.keys(split.plain), ...secrets.keys()])
      refuse([...problems, ...wayProblems(definition, given)])
      return {
        id: storedId ?? kind,
        kind,
        name,
        fields: openFields(definition, split.plain, secrets),
      }
    },
    async remove(id, change) {
      refuseBuiltIn(id)
      await store.remove(id, change)
      forget()
    },
    open(id) {
      const all = builtIns.has(id) ? openedBuiltIns : opened
      const known = all.get(id)
      if (known !== undefined) return known
      const opening = openNow(id)
      all.set(id, opening)
      opening.catch(() => all.delete(id))
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

/** All fields of a connection, for whoever uses it. */
function openFields(
  definition: ConnectionDefinition | undefined,
  plain: JsonObject,
  secrets: ReadonlyMap<string, string>,
): Fields {
  const defaults = Object.entries(definition?.fields ?? {}).flatMap(([key, field]) =>
    field.default === undefined ? [] : [[key, field.default] as const],
  )
  const wrapped = [...secrets].map(([place, text]) => [place, new Secret(text)] as const)
  return withSecrets({ ...Object.fromEntries(defaults), ...plain }, Object.fromEntries(wrapped))
}

function refuse(problems: readonly Problem[]): void {
  if (!hasErrors(problems)) return
  throw new FlowError('bad_request', problems.map(({ message }) => message).join(' '), {
    property: `fields.${problems[0]?.property}`,
    details: { problems },
  })
}
