/**
 * The small type system. Types are plain data, so definitions that hold them travel as JSON.
 * `optional` means that the value may be null.
 */
export type Type =
  | 'any'
  | 'text'
  | 'number'
  | 'boolean'
  | NamedType
  | { readonly list: Type }
  | { readonly record: Readonly<Record<string, Type>> }
  | { readonly optional: Type }

/** Records that more than one node speaks of, by name. Fields are only added. */
export const namedTypes = {
  /** One streamed piece of a completion; `content` is never empty, `index` counts from 0. */
  message: { content: 'text', index: 'number' },
  chatMessage: { role: 'text', content: 'text' },
  usage: { inputTokens: 'number', outputTokens: 'number', totalTokens: 'number' },
  /** A whole answer; `modelId` is the model that answered, `historyJson` is `history` as JSON text. */
  chatResponse: {
    content: 'text',
    role: 'text',
    modelId: 'text',
    finishReason: { optional: 'text' },
    usage: { optional: 'usage' },
    history: { list: 'chatMessage' },
    historyJson: 'text',
    refusal: { optional: 'text' },
  },
  /** What an OpenAI-style client asked for beside its messages; null where it did not say. */
  chatOptions: {
    temperature: { optional: 'number' },
    maxCompletionTokens: { optional: 'number' },
  },
  /**
   * What a chat client sends; `history` and `instructions` are empty when it keeps none, and so is
   * `user` when it does not say on whose behalf it asks.
   */
  chatRequest: {
    sessionId: 'text',
    prompt: 'text',
    context: 'text',
    history: { list: 'chatMessage' },
    instructions: 'text',
    options: 'chatOptions',
    user: 'text',
  },
  /**
   * What a user of a chat thinks of an answer: `feedback` is `up`, `down`, or `none` when an earlier
   * vote is taken back; `runId` is the run that answered.
   */
  chatFeedback: {
    runId: 'text',
    sessionId: 'text',
    question: 'text',
    completionText: 'text',
    feedback: 'text',
    comment: 'text',
  },
  vectorSearchRecord: { key: 'any', content: 'text', metadata: { record: {} }, score: 'number' },
  /** What a *Try* caught: `code` is one of the error codes, `nodeId` the node that failed. */
  exception: {
    code: 'text',
    message: 'text',
    retryable: 'boolean',
    nodeId: { optional: 'text' },
    property: { optional: 'text' },
    details: { record: {} },
  },
  /** An answer over HTTP; names of headers are in lower case, `body` is by the content type chosen. */
  httpResponse: { status: 'number', headers: { record: {} }, body: 'any' },
  /** Hits, nearest first (`score` is a distance), and `prompt`: the hits written for a model. */
  vectorSearchResult: { records: { list: 'vectorSearchRecord' }, prompt: 'text' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, unknown>>>>

export type NamedType = keyof typeof namedTypes

/** The TypeScript type of values of a `Type` that is known literally. */
export type ValueOf<T> = T extends 'any'
  ? unknown
  : T extends 'text'
    ? string
    : T extends 'number'
      ? number
      : T extends 'boolean'
        ? boolean
        : T extends NamedType
          ? FieldsOf<(typeof namedTypes)[T]>
          : T extends { readonly list: infer Item }
            ? readonly ValueOf<Item>[]
            : T extends { readonly record: infer Fields }
              ? FieldsOf<Fields>
              : T extends { readonly optional: infer Inner }
                ? ValueOf<Inner> | null
                : unknown

type FieldsOf<Fields> = { readonly [K in keyof Fields]: ValueOf<Fields[K]> }

/** The fields of a record type, named or not; `undefined` for a type that has none. */
export function fieldsOf(type: Type): Readonly<Record<string, Type>> | undefined {
  if (typeof type === 'string') {
    return isNamedType(type) ? namedTypes[type] : undefined
  }
  return 'record' in type ? type.record : undefined
}

function isNamedType(name: string): name is NamedType {
  return Object.hasOwn(namedTypes, name)
}

/** Whether a value of the type may be null. */
export function isOptional(type: Type): type is { readonly optional: Type } {
  return typeof type === 'object' && 'optional' in type
}

/** The type with null taken out. */
export function required(type: Type): Type {
  return isOptional(type) ? required(type.optional) : type
}

/** What is in a list of the type; anything where it is no list. */
export function itemOf(type: Type): Type {
  const list = required(type)
  return typeof list === 'object' && 'list' in list ? list.list : 'any'
}

/** The type with null added, where it had none. */
export function optional(type: Type): Type {
  return type === 'any' || isOptional(type) ? type : { optional: type }
}

/**
 * The type that a path leads to; `undefined` when the type has no such field or item. A step
 * through something that may be null makes the result optional, as does an index into a list.
 */
export function typeAt(type: Type, path: readonly (string | number)[]): Type | undefined {
  const [key, ...rest] = path
  if (key === undefined) return type
  if (isOptional(type)) {
    const inner = typeAt(type.optional, path)
    return inner === undefined ? undefined : optional(inner)
  }
  if (type === 'any') return 'any'
  if (typeof key === 'number') {
    if (typeof type !== 'object' || !('list' in type)) return undefined
    const item = typeAt(type.list, rest)
    return item === undefined ? undefined : optional(item)
  }
  const fields = fieldsOf(type)
  if (fields === undefined) return undefined
  // A record that declares no fields is open: metadata, parsed JSON.
  if (Object.keys(fields).length === 0) return 'any'
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined
  return field === undefined ? undefined : typeAt(field, rest)
}

/**
 * Whether a value of type `from` may be bound where `to` is wanted. Numbers and booleans read as
 * text; null is let through, because an empty value means that the property was left empty.
 */
export function isAssignable(from: Type, to: Type): boolean {
  const source = required(from)
  const target = required(to)
  if (source === 'any' || target === 'any') return true
  if (target === 'text') return source === 'text' || source === 'number' || source === 'boolean'
  if (typeof source === 'string' && source === target) return true
  if (typeof target === 'object' && 'list' in target) {
    return typeof source === 'object' && 'list' in source && isAssignable(source.list, target.list)
  }
  const wanted = fieldsOf(target)
  const given = fieldsOf(source)
  if (wanted === undefined || given === undefined) return false
  // A record that declares no fields may have any.
  if (Object.keys(given).length === 0) return true
  return Object.entries(wanted).every(([key, type]) => {
    const field = Object.hasOwn(given, key) ? given[key] : undefined
    return field === undefined ? isOptional(type) : isAssignable(field, type)
  })
}

/** A type in words, for problems and pickers: `list of chatMessage`, `text or null`. */
export function describeType(type: Type): string {
  if (typeof type === 'string') return type
  if ('list' in type) return `list of ${describeType(type.list)}`
  if ('optional' in type) return `${describeType(type.optional)} or null`
  const fields = Object.keys(type.record)
  return fields.length === 0 ? 'record' : `record with ${fields.join(', ')}`
}

/** The empty value of a type: what a disabled node's outputs hold. */
export function emptyValue(type: Type): unknown {
  if (type === 'text') return ''
  if (type === 'number') return 0
  if (type === 'boolean') return false
  if (type === 'any' || isOptional(type)) return null
  if (typeof type === 'object' && 'list' in type) return []
  return Object.fromEntries(
    Object.entries(fieldsOf(type) ?? {}).map(([key, field]) => [key, emptyValue(field)]),
  )
}

/** The type that a JSON value shows. A mixed or empty list is a list of anything. */
export function typeOfValue(value: unknown): Type {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'boolean'
  if (Array.isArray(value)) {
    const [first, ...rest] = value.map((item: unknown) => typeOfValue(item))
    const isUniform = rest.every((type) => JSON.stringify(type) === JSON.stringify(first))
    return { list: first !== undefined && isUniform ? first : 'any' }
  }
  if (typeof value === 'object' && value !== null) {
    return {
      record: Object.fromEntries(
        Object.entries(value).map(([key, field]) => [key, typeOfValue(field)]),
      ),
    }
  }
  return 'any'
}

/** Whether a value is one of the type: the run-time counterpart of `isAssignable`, without coercion. */
export function isOfType(value: unknown, type: Type): boolean {
  if (type === 'any') return true
  if (isOptional(type)) return value === null || isOfType(value, type.optional)
  if (type === 'text') return typeof value === 'string'
  if (type === 'number') return typeof value === 'number'
  if (type === 'boolean') return typeof value === 'boolean'
  if (typeof type === 'object' && 'list' in type) {
    return Array.isArray(value) && value.every((item) => isOfType(item, type.list))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.entries(fieldsOf(type) ?? {}).every(([key, field]) =>
    Object.hasOwn(value, key)
      ? isOfType((value as Record<string, unknown>)[key], field) // hasOwn proved the key
      : isOptional(field),
  )
}

/**
 * Whether a value that stands in a flow may be given where a type is wanted: `isAssignable`, for a
 * value that is known. Whatever reads as text is text.
 */
export function isUsableAs(value: unknown, wanted: Type): boolean {
  if (required(wanted) === 'text') return typeof value !== 'object' || value === null
  return isOfType(value, wanted)
}
