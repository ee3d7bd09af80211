import {
  isOfWay,
  isOneVariable,
  isRecord,
  isSecretHeader,
  placeholderIn,
  wayTaken,
  type ConnectionDefinition,
  type ConnectionField,
  type JsonObject,
  type JsonValue,
  type Problem,
} from '@millrace/flow'

/** What a designer sent for a connection, told apart by what may be stored as it is. */
export interface SplitFields {
  readonly plain: JsonObject
  /** New secrets, in clear, by their place: a field, or `headers.api-key` for a header in one. */
  readonly secrets: ReadonlyMap<string, string>
  /** The places of secrets that the designer took away, or gave a value that is no secret. */
  readonly cleared: ReadonlySet<string>
}

const maxFieldLength = 16 * 1024

/**
 * Tells the fields of a connection apart and checks them. A secret that is left out, or sent back as
 * the `{ "set": true }` that an answer shows, is in neither part; null or empty text clears it. The
 * value of a header is secret when it is sent as `{ "secret": "…" }`, or when its name says so.
 */
export function splitFields(
  definition: ConnectionDefinition,
  fields: Readonly<Record<string, unknown>>,
): SplitFields & { readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const plain: Record<string, JsonValue> = {}
  const secrets = new Map<string, string>()
  const cleared = new Set<string>()
  for (const key of Object.keys(fields)) {
    if (Object.hasOwn(definition.fields, key)) continue
    problems.push({
      code: 'property_unknown',
      severity: 'error',
      message: `A connection of kind "${definition.kind}" has no field "${key}". Remove it.`,
      property: key,
    })
  }
  for (const [key, field] of Object.entries(definition.fields)) {
    const value = fields[key]
    const isEmpty = value === undefined || value === null || value === ''
    if (field.secret === true && isMask(value)) continue
    if (isEmpty) {
      if (field.secret === true && value !== undefined) cleared.add(key)
      continue
    }
    const refusal = whyNot(field, value)
    if (refusal !== undefined) {
      problems.push({
        code: 'property_invalid',
        severity: 'error',
        message: `"${field.label}" ${refusal}.`,
        property: key,
      })
    } else if (field.kind === 'headers') {
      const headers = splitHeaders(key, value, { secrets, cleared })
      if (Object.keys(headers).length > 0) plain[key] = headers
    } else if (field.secret === true && typeof value === 'string') {
      secrets.set(key, value)
    } else {
      plain[key] = value as JsonValue // came as JSON, and `whyNot` looked at it
    }
  }
  return { plain, secrets, cleared, problems }
}

/** Gives what is no secret; names of headers mean the same in any case. */
function splitHeaders(
  key: string,
  headers: unknown,
  { secrets, cleared }: { secrets: Map<string, string>; cleared: Set<string> },
): JsonObject {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(isRecord(headers) ? headers : {})) {
    const place = `${key}.${name.toLowerCase()}`
    const secret = isRecord(value) ? value['secret'] : undefined
    if (isMask(value)) continue
    if (typeof secret === 'string' && secret !== '') secrets.set(place, secret)
    else if (typeof value === 'string' && value !== '' && isSecretHeader(name)) {
      secrets.set(place, value)
    } else {
      cleared.add(place)
      if (typeof value === 'string') plain[name] = value
    }
  }
  return plain
}

/** The fields of a connection together with what stands for its secrets, each at its place. */
export function withSecrets(
  fields: JsonObject,
  secrets: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const whole: Record<string, unknown> = { ...fields }
  for (const [place, secret] of Object.entries(secrets)) {
    const [key = place, header] = splitPlace(place)
    const headers = whole[key]
    whole[key] =
      header === undefined ? secret : { ...(isRecord(headers) ? headers : {}), [header]: secret }
  }
  return whole
}

/** The field of a place, and the header if it is one. */
function splitPlace(place: string): readonly string[] {
  const dot = place.indexOf('.')
  return dot === -1 ? [place] : [place.slice(0, dot), place.slice(dot + 1)]
}

/**
 * What is wrong with the fields that a connection gives, new or kept: one that is required in the way
 * it is filled in is missing, or one belongs to another way.
 */
export function wayProblems(
  definition: ConnectionDefinition,
  given: ReadonlySet<string>,
): readonly Problem[] {
  const way = wayTaken(definition, given)
  return Object.entries(definition.fields).flatMap(([key, field]): Problem[] => {
    const isHere = isOfWay(definition, way, key)
    if (given.has(key) && !isHere) {
      return [
        {
          code: 'property_invalid',
          severity: 'error',
          message: `"${field.label}" does not go with "${way?.label}", by which this connection is filled in. Remove one of the two.`,
          property: key,
        },
      ]
    }
    const isMissing =
      isHere && field.required === true && field.default === undefined && !given.has(key)
    return isMissing
      ? [
          {
            code: 'property_missing',
            severity: 'error',
            message: `"${field.label}" is required. Fill it in.`,
            property: key,
          },
        ]
      : []
  })
}

function isMask(value: unknown): boolean {
  return isRecord(value) && value['set'] === true && Object.keys(value).length === 1
}

function whyNot(field: ConnectionField, value: unknown): string | undefined {
  switch (field.kind) {
    case 'text':
      return typeof value === 'string' ? whyNotText(field, value) : 'must be text'
    case 'number':
      if (typeof value === 'string' && isOneVariable(value)) return undefined
      return typeof value === 'number' && Number.isFinite(value)
        ? undefined
        : 'must be a number, or one variable such as ${port}'
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false'
    case 'choice': {
      const options = Object.keys(field.options ?? {})
      return typeof value === 'string' && options.includes(value)
        ? undefined
        : `must be one of ${options.join(', ')}`
    }
    case 'headers':
      return isRecord(value) && Object.values(value).every(isHeaderValue)
        ? undefined
        : 'must hold header names with text values'
  }
}

function whyNotText({ address }: ConnectionField, text: string): string | undefined {
  if (text.length > maxFieldLength) return `has more than ${maxFieldLength} characters`
  const placeholder = address === true ? placeholderIn(text) : undefined
  return placeholder === undefined
    ? undefined
    : `still holds "${placeholder}": put your own value in its place`
}

/** Text, a secret that is new, one that stays, or nothing for one that goes. */
function isHeaderValue(value: unknown): boolean {
  if (value === null || isMask(value)) return true
  const text = isRecord(value) && Object.keys(value).length === 1 ? value['secret'] : value
  return typeof text === 'string' && text.length <= maxFieldLength && !/[\r\n]/.test(text)
}
