import { Secret, type Connection } from '@millrace/engine'
import { FlowError, isRecord, type ConnectionDefinition } from '@millrace/flow'
import type { Environment } from '../environments/environment.ts'
import type { VariableValue } from './variables.ts'

type Fields = Connection['fields']

/** What stands for a variable; `$${` stands for `${` itself. */
const reference = /\$(\$\{)|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g

/** The names of the variables that the fields of a connection hold, each once. */
export function variablesIn(fields: Fields): ReadonlySet<string> {
  const names = new Set<string>()
  mapTexts(fields, (text) => {
    for (const [, , name] of text.matchAll(reference)) if (name !== undefined) names.add(name)
    return text
  })
  return names
}

/** Whether a text holds a variable. */
export function isTextWithVariables(text: string): boolean {
  return variablesIn({ text }).size > 0
}

/** Whether anything in the fields is written in a way that has to be resolved. */
export function hasReferences(fields: Fields): boolean {
  let isFound = false
  mapTexts(fields, (text) => {
    isFound ||= text.search(reference) >= 0
    return text
  })
  return isFound
}

/**
 * A connection with the values of an environment in the place of its variables. Throws
 * `variable_missing`, `connection_locked` for a value that cannot be read, and `bad_request` for a
 * secret value in a field that is none, where it would show in messages, and for a value that is no
 * number in a field that takes one.
 */
export function resolveConnection(
  connection: Connection,
  {
    definition,
    environment,
    values,
  }: {
    readonly definition: ConnectionDefinition | undefined
    readonly environment: Environment
    readonly values: ReadonlyMap<string, VariableValue>
  },
): Connection {
  const fields = mapTexts(connection.fields, (text, isSecretField) =>
    text.replaceAll(reference, (whole, literal: string | undefined, name: string | undefined) => {
      if (literal !== undefined || name === undefined) return literal ?? whole
      const value = values.get(name)
      if (value === undefined) throw variableMissing(name, { connection, environment })
      if (value.text === undefined) throw variableLocked(name)
      if (value.isSecret && !isSecretField) throw secretShown(name, connection)
      return value.text
    }),
  )
  return { ...connection, fields: withNumbers(fields, { connection, definition, environment }) }
}

/** The fields with a number where a variable stands for one, since its value is text. */
function withNumbers(
  fields: Fields,
  {
    connection,
    definition,
    environment,
  }: {
    readonly connection: Connection
    readonly definition: ConnectionDefinition | undefined
    readonly environment: Environment
  },
): Fields {
  const typed = Object.entries(fields).map(([key, value]) => {
    const field = definition?.fields[key]
    if (field?.kind !== 'number' || typeof value !== 'string') return [key, value]
    const number = value.trim() === '' ? Number.NaN : Number(value)
    if (Number.isFinite(number)) return [key, number]
    throw new FlowError(
      'bad_request',
      `The connection "${connection.name}" takes a number as "${field.label}", and the variable there gives "${value}" in ${environment}. Change it on the page Variables.`,
      { details: { environment, connection: connection.id } },
    )
  })
  return Object.fromEntries(typed)
}

/** The error of a variable that has no value where a connection needs it. */
export function variableMissing(
  name: string,
  place: {
    readonly connection: Pick<Connection, 'id' | 'name'>
    readonly environment: Environment
  },
): FlowError {
  const { connection, environment } = place
  return new FlowError(
    'variable_missing',
    `The connection "${connection.name}" uses the variable "${name}", which has no value in ${environment}. Give it one on the page Variables.`,
    { details: { variable: name, environment, connection: connection.id } },
  )
}

function variableLocked(name: string): FlowError {
  return new FlowError(
    'connection_locked',
    `The value of the variable "${name}" cannot be read with this server's key. Start the server with the MILLRACE_SECRET_KEY it was saved with, or enter it again.`,
  )
}

function secretShown(name: string, connection: Connection): FlowError {
  return new FlowError(
    'bad_request',
    `The connection "${connection.name}" uses the secret variable "${name}" in a field that is no secret, where it would be shown. Put it into a secret field, or make the variable one that is not secret.`,
    { details: { variable: name, connection: connection.id } },
  )
}

/** The fields with each text in them, and in records of them, replaced; secrets stay secrets. */
function mapTexts(fields: Fields, replace: (text: string, isSecret: boolean) => string): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, mapValue(value, replace)]),
  )
}

function mapValue(value: unknown, replace: (text: string, isSecret: boolean) => string): unknown {
  if (value instanceof Secret) return new Secret(replace(value.reveal(), true))
  if (typeof value === 'string') return replace(value, false)
  return isRecord(value) ? mapTexts(value, replace) : value
}
