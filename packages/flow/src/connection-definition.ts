/** A value of a field that somebody may well want, such as the address of a known server. */
export interface FieldExample {
  readonly name: string
  /** What goes into the field; `<…>` in it is a placeholder that the designer replaces. */
  readonly value: string
  /** One or two sentences: when it fits, and what else is to be filled in. */
  readonly hint: string
}

/** One field of a connection. */
export interface ConnectionField {
  /** The values of `headers` may be secret, one by one. */
  readonly kind: 'text' | 'number' | 'boolean' | 'choice' | 'headers'
  readonly label: string
  readonly help?: string
  readonly required?: boolean
  readonly default?: string | number | boolean
  readonly placeholder?: string
  /** For a choice: value to label. */
  readonly options?: Readonly<Record<string, string>>
  /** For a text: values to choose from, or to start from. */
  readonly examples?: readonly FieldExample[]
  /** Write-only: encrypted where it is stored, and never in an answer. A text. */
  readonly secret?: boolean
  /** Says where secrets are sent: changing it clears the secrets that are stored. */
  readonly address?: boolean
  /** A text that starts with http:// or https://. */
  readonly url?: boolean
}

/** One of the ways to fill in a connection: by host and password, or by a connection string. */
export interface ConnectionWay {
  readonly label: string
  /** The keys of the fields that this way takes. */
  readonly fields: readonly string[]
}

/** The kind of a connection: plain data, like a node's definition. */
export interface ConnectionDefinition {
  readonly kind: string
  readonly title: string
  readonly icon: string
  readonly description: string
  readonly fields: Readonly<Record<string, ConnectionField>>
  /**
   * Ways to fill it in, the usual one first; a field that none lists belongs to all. The way that a
   * connection takes is the first one of whose own fields it gives any; fields of two are refused.
   */
  readonly ways?: readonly ConnectionWay[]
  /** What choosing a way decides, for the form: Authentication. */
  readonly waysLabel?: string
  /** What a designer can look up through it. */
  readonly lookups: readonly ('models' | 'tables')[]
  /** One exists on every server, under its kind as id, and none can be made. */
  readonly builtIn?: boolean
  /** It is spoken to over HTTP alone, so a test can answer from recordings. */
  readonly http?: boolean
}

/** Declares the kind of a connection. */
export function defineConnection<const D extends ConnectionDefinition>(definition: D): D {
  return definition
}

/**
 * The way in which a connection is filled in, by the keys of the fields that it gives; `undefined` for
 * a kind that has no ways. Where only fields of several ways are given, it is the first of these.
 */
export function wayTaken(
  { ways = [] }: ConnectionDefinition,
  given: ReadonlySet<string>,
): ConnectionWay | undefined {
  const isOwn = (key: string) => ways.filter(({ fields }) => fields.includes(key)).length === 1
  return (
    ways.find(({ fields }) => fields.some((key) => given.has(key) && isOwn(key))) ??
    ways.find(({ fields }) => fields.some((key) => given.has(key))) ??
    ways[0]
  )
}

/** Whether a connection that is filled in this way has the field. */
export function isOfWay(
  { ways = [] }: ConnectionDefinition,
  way: ConnectionWay | undefined,
  key: string,
): boolean {
  return way?.fields.includes(key) === true || !ways.some(({ fields }) => fields.includes(key))
}

/** The first placeholder that was left in a text, such as `<resource>`. */
export function placeholderIn(text: string): string | undefined {
  return /<[^<>]+>/.exec(text)?.[0]
}

/** Whether a text is a workspace variable and nothing beside it: `${port}`. */
export function isOneVariable(text: string): boolean {
  return /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/.test(text)
}

/** Whether a header's name says that its value is a secret; such a value is always kept as one. */
export function isSecretHeader(name: string): boolean {
  return /authorization|cookie|password|secret|token|(?:api|access|subscription)[-_]?key$/i.test(
    name,
  )
}
