import {
  isOfWay,
  isOneVariable,
  isRecord,
  isSecretHeader,
  isSlug,
  placeholderIn,
  toSlug,
  uniqueName,
  wayTaken,
  type ConnectionDefinition,
  type ConnectionWay,
  type FieldExample,
  type Problem,
} from '@millrace/flow'
import type { ConnectionInput, StoredConnection } from '../api/connections-api.ts'

/** One header of a `headers` field, with a key of its own while it is edited. */
export interface HeaderRow {
  readonly key: number
  readonly name: string
  readonly value: string
  /** Whether the value is open to see, a secret that is entered now, or one that is stored. */
  readonly secrecy: 'open' | 'new' | 'stored'
}

/** What stands in a field of headers. */
export interface HeadersValue {
  readonly kind: 'headers'
  readonly rows: readonly HeaderRow[]
  /** The names of stored secrets that go: their rows were removed, or are entered anew. */
  readonly removed: readonly string[]
}

/** What stands in a field of the form. */
export type FormValue =
  | { readonly kind: 'plain'; readonly value: string | number | boolean | undefined }
  | HeadersValue
  /** A secret that is stored: it stays, unless it is replaced. */
  | { readonly kind: 'storedSecret' }
  | { readonly kind: 'newSecret'; readonly value: string; readonly replacesStored: boolean }

/** A connection while it is edited. */
export interface ConnectionForm {
  readonly name: string
  /** How it is filled in, where its kind has several ways. */
  readonly way: ConnectionWay | undefined
  /** Of all ways, so that nothing is lost while somebody looks at another one. */
  readonly fields: Readonly<Record<string, FormValue>>
}

/** The form of a stored connection, or of a new one. */
export function formOf(
  definition: ConnectionDefinition,
  stored: StoredConnection | undefined,
): ConnectionForm {
  return {
    name: stored?.name ?? definition.title,
    way: wayTaken(definition, new Set(Object.keys(stored?.fields ?? {}).filter(isGiven))),
    fields: Object.fromEntries(
      Object.entries(definition.fields).map(([key, field]): [string, FormValue] => {
        const value = stored?.fields[key]
        if (field.secret === true) {
          return isRecord(value) && value['set'] === true
            ? [key, { kind: 'storedSecret' }]
            : [key, { kind: 'newSecret', value: '', replacesStored: false }]
        }
        if (field.kind === 'headers') {
          return [key, { kind: 'headers', rows: rowsOf(value), removed: [] }]
        }
        const plain = isRecord(value) ? undefined : (value ?? field.default)
        return [key, { kind: 'plain', value: plain as string | number | boolean | undefined }] // records are gone
      }),
    ),
  }

  function isGiven(key: string): boolean {
    const value = stored?.fields[key]
    return !isRecord(value) || value['set'] !== false
  }
}

/** Whether a field belongs to the way in which the form is filled in. */
export function isShown(
  definition: ConnectionDefinition,
  { way }: ConnectionForm,
  key: string,
): boolean {
  return isOfWay(definition, way, key)
}

function rowsOf(value: unknown): readonly HeaderRow[] {
  if (!isRecord(value)) return []
  return Object.entries(value).map(([name, text], key) =>
    isRecord(text)
      ? { key, name, value: '', secrecy: 'stored' }
      : { key, name, value: String(text), secrecy: 'open' },
  )
}

/** Whether the value of a header is kept secret: it was locked, or its name says so. */
export function isSecretRow({ name, secrecy }: HeaderRow): boolean {
  return secrecy !== 'open' || isSecretHeader(name)
}

/**
 * What is sent for a form. A secret that stays is left out; one that was emptied is cleared, and so is
 * everything that belongs to another way of filling it in.
 */
export function inputOf(
  definition: ConnectionDefinition,
  form: ConnectionForm,
  id: string,
): ConnectionInput {
  const fields: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(form.fields)) {
    if (!isShown(definition, form, key)) {
      const isStored = value.kind === 'storedSecret'
      if (isStored || (value.kind === 'newSecret' && value.replacesStored)) fields[key] = null
      continue
    }
    switch (value.kind) {
      case 'plain':
        if (value.value !== undefined && value.value !== '') fields[key] = value.value
        break
      case 'headers': {
        const headers = headersOf(value.rows, value.removed)
        if (Object.keys(headers).length > 0) fields[key] = headers
        break
      }
      case 'newSecret':
        if (value.value !== '') fields[key] = value.value
        else if (value.replacesStored) fields[key] = null
        break
      case 'storedSecret':
        break
    }
  }
  return { id, kind: definition.kind, name: form.name.trim(), fields }
}

/** The headers without one of them; if it was a stored secret, it goes. */
export function withoutHeader(headers: HeadersValue, { key, ...row }: HeaderRow): HeadersValue {
  return {
    kind: 'headers',
    rows: headers.rows.filter((other) => other.key !== key),
    removed: row.secrecy === 'stored' ? [...headers.removed, row.name] : headers.removed,
  }
}

/** The headers with a stored secret to be entered anew; its row may then get another name too. */
export function replacingSecret(headers: HeadersValue, row: HeaderRow): HeadersValue {
  return {
    kind: 'headers',
    rows: headers.rows.map((other) =>
      other.key === row.key ? { ...other, secrecy: 'new' } : other,
    ),
    removed: [...headers.removed, row.name],
  }
}

/** A secret that stays is left out; null takes one away, unless another is entered under its name. */
function headersOf(
  rows: readonly HeaderRow[],
  removed: readonly string[],
): Readonly<Record<string, unknown>> {
  const named = rows.filter(({ name, secrecy }) => name.trim() !== '' && secrecy !== 'stored')
  return Object.fromEntries([
    ...removed.map((name) => [name, null] as const),
    ...named.map((row) => {
      const secret = row.value === '' ? null : { secret: row.value }
      return [row.name.trim(), isSecretRow(row) ? secret : row.value] as const
    }),
  ])
}

/**
 * The form with an example in a field. A new connection that still has the name of its kind, or of
 * another example, takes the name of this one too.
 */
export function withExample(
  definition: ConnectionDefinition,
  form: ConnectionForm,
  {
    key,
    example,
    isNew,
  }: { readonly key: string; readonly example: FieldExample; readonly isNew: boolean },
): ConnectionForm {
  const examples = definition.fields[key]?.examples ?? []
  const givenNames = [definition.title, ...examples.map(({ name }) => name)]
  return {
    ...form,
    name: isNew && givenNames.includes(form.name) ? example.name : form.name,
    fields: { ...form.fields, [key]: { kind: 'plain', value: example.value } },
  }
}

/** A free id made of a connection's name. */
export function freeIdFor(name: string, taken: ReadonlySet<string>): string {
  const stem = toSlug(name)
  return uniqueName(isSlug(stem) ? stem : 'connection', taken)
}

/** What is missing in a form before it is worth sending. */
export function whyNotSend(definition: ConnectionDefinition, form: ConnectionForm): FieldErrors {
  const errors: Record<string, string> = {}
  if (form.name.trim() === '') errors['name'] = 'Give it a name by which you find it again.'
  for (const [key, field] of Object.entries(definition.fields)) {
    if (!isShown(definition, form, key)) continue
    const value = form.fields[key]
    const isEmpty =
      value === undefined ||
      (value.kind === 'plain' && (value.value === undefined || value.value === '')) ||
      (value.kind === 'newSecret' && value.value === '')
    if (field.required === true && field.default === undefined && isEmpty) {
      errors[key] = `“${field.label}” is required.`
    }
    if (value?.kind !== 'plain' || isEmpty) continue
    if (field.kind === 'number' && typeof value.value === 'string') {
      if (!isOneVariable(value.value)) errors[key] = 'Write one variable, such as ${port}.'
    } else if (field.address === true) {
      const fault = field.url === true ? whyNoUrl(value.value) : whyNoHost(value.value)
      if (fault !== undefined) errors[key] = fault
    }
  }
  return errors
}

export type FieldErrors = Readonly<Record<string, string>>

/** The problems that the server found, by field. */
export function errorsByField(problems: readonly Problem[]): FieldErrors {
  return Object.fromEntries(
    problems.flatMap(({ property, message }) =>
      property === undefined ? [] : [[property, message]],
    ),
  )
}

/** Whether saving takes stored secrets away, because the address they are sent to changes. */
export function losesSecrets(
  definition: ConnectionDefinition,
  form: ConnectionForm,
  stored: StoredConnection | undefined,
): boolean {
  if (stored === undefined) return false
  const keepsSecret = Object.entries(form.fields).some(
    ([key, value]) =>
      isShown(definition, form, key) &&
      (value.kind === 'storedSecret' ||
        (value.kind === 'headers' && value.rows.some(({ secrecy }) => secrecy === 'stored'))),
  )
  const movesAddress = Object.entries(definition.fields).some(([key, field]) => {
    const value = form.fields[key]
    if (field.address !== true || value?.kind !== 'plain') return false
    if (!isShown(definition, form, key)) return false
    return (value.value || field.default) !== (stored.fields[key] ?? field.default)
  })
  return keepsSecret && movesAddress
}

function whyNoHost(value: unknown): string | undefined {
  if (typeof value === 'number') {
    const isPort = Number.isInteger(value) && value > 0 && value < 65_536
    return isPort ? undefined : 'A port is a whole number from 1 to 65535.'
  }
  return /[\s/@]/.test(String(value))
    ? 'Only the name or the address of the server, such as db.example.com.'
    : undefined
}

function whyNoUrl(value: unknown): string | undefined {
  const text = String(value)
  const placeholder = placeholderIn(text)
  if (placeholder !== undefined) return `Put your own value in place of ${placeholder}.`
  // A workspace variable may stand for any part of it, also for its beginning.
  const filled = text.replace(/^\$\{\w+\}/, 'https://host')
  if (/^https?:\/\/\S+$/.test(filled) && URL.canParse(filled)) return undefined
  return 'An address starts with http:// or https://, such as http://localhost:11434/v1.'
}
