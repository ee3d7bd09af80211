import { isRecord, isSecretHeader, type JsonValue } from '@millrace/flow'

/** What stands where a secret stood. */
export const redacted = '[secret]'

/** What names end with whose values sign somebody in, in queries, forms and JSON alike. */
const secretName =
  /(?:password|passwd|pwd|secret|credentials?|authorization|cookie|(?:access|refresh|id|auth|session|security)token|(?:api|access|subscription|private)key|clientassertion)$/
/** Such names where nothing else is called so: a model's answer has a `token` and a `code` as well. */
const secretParameters = new Set(['key', 'sig', 'signature', 'token', 'code', 'auth', 'assertion'])

function isSecretName(name: string): boolean {
  return secretName.test(name.toLowerCase().replaceAll(/[_-]/g, ''))
}

/** The shortest text under the name `token` that is taken for one which signs in. */
const shortestToken = 16

function isSecretValue(name: string, value: unknown): value is string {
  if (typeof value !== 'string') return false
  return isSecretName(name) || (name === 'token' && value.length >= shortestToken)
}

/** JSON without the values whose names say that they are secret. */
export function withoutSecretValues(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutSecretValues)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value as Record<string, JsonValue>).map(([name, inner]) => [
      name,
      isSecretValue(name, inner) ? redacted : withoutSecretValues(inner),
    ]),
  )
}

/** A query or a form without the values whose names say that they are secret. */
export function withoutSecretParameters(text: string): string {
  return text
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1)
      const plain = decoded(name).toLowerCase()
      const isSecret = isSecretName(plain) || secretParameters.has(plain)
      return isSecret && pair.includes('=') ? `${name}=${redacted}` : pair
    })
    .join('&')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Headers that say how an answer travelled, and so nothing about it. */
const ofTheWay = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'server',
  'transfer-encoding',
  'via',
])

/** The headers of an answer that a node may read: none that signs in, none of the way it took. */
export function keptHeaders<Value>(
  headers: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !isSecretHeader(name) && !ofTheWay.has(name.toLowerCase()),
    ),
  )
}

/** A value without the given secrets, wherever in its texts they stand. */
export function withoutKnown<Value>(value: Value, secrets: ReadonlySet<string>): Value {
  if (secrets.size === 0) return value
  const pattern = patternOf(secrets, (text) => text)
  const json = JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'string' ? inner.replaceAll(pattern, redacted) : inner,
  )
  return JSON.parse(json) as Value // texts for texts
}

/** Each way in which a secret may be written, as a pattern; the longest first. */
function patternOf(secrets: ReadonlySet<string>, written: (text: string) => string): RegExp {
  const forms = [...secrets].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ])
  const patterns = [...new Set(forms.map(written))]
    .filter((form) => form !== '')
    .toSorted((left, right) => right.length - left.length)
    .map(patternOfForm)
  return new RegExp(patterns.join('|'), 'g')
}

/** From so many characters on, a secret is nothing that could be a part of a word by chance. */
const shortestInWords = 8

function patternOfForm(form: string): string {
  const pattern = form.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
  return form.length < shortestInWords
    ? String.raw`(?<![A-Za-z0-9])${pattern}(?![A-Za-z0-9])`
    : pattern
}

/** A piece of a body: when it came, and its bytes. */
export interface Piece {
  readonly at: number
  readonly bytes: Uint8Array
}

/**
 * The pieces of a body without the given secrets. Pieces that a secret runs across become one; all
 * others stay byte for byte.
 */
export function piecesWithout(
  pieces: readonly Piece[],
  secrets: ReadonlySet<string>,
): readonly Piece[] {
  if (secrets.size === 0) return pieces
  // One character a byte, so that places in the text are places in the body.
  const texts = pieces.map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
  const pattern = patternOf(secrets, (text) => Buffer.from(text).toString('latin1'))
  const ranges = Array.from(texts.join('').matchAll(pattern), ({ index, 0: { length } }) => ({
    from: index,
    to: index + length,
  }))
  if (ranges.length === 0) return pieces
  const merged: { at: number; text: string }[] = []
  let offset = 0
  for (const [index, text] of texts.entries()) {
    const start = offset
    offset += text.length
    const at = pieces[index]?.at ?? 0
    const last = merged.at(-1)
    const isCutInSecret = ranges.some(({ from, to }) => from < start && start < to)
    if (isCutInSecret && last !== undefined)
      merged[merged.length - 1] = { at, text: last.text + text }
    else merged.push({ at, text })
  }
  return merged.map(({ at, text }) => ({
    at,
    bytes: Buffer.from(text.replaceAll(pattern, redacted), 'latin1'),
  }))
}
