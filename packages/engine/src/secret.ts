const brand = Symbol.for('millrace.Secret')

/**
 * A secret of a connection. Only `reveal` gives it away: whatever prints, logs or serializes it
 * says `[secret]`.
 */
export class Secret {
  /** One of another copy of this module is one too: a package of nodes may well bring its own. */
  static [Symbol.hasInstance](value: unknown): value is Secret {
    return typeof value === 'object' && value !== null && brand in value
  }

  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  get [brand](): true {
    return true
  }

  /** In clear, for the one place that sends it. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  /** What `console.log` and `util.inspect` of Node.js ask for. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]'
  }
}

/** The value of a connection's field, in clear if it is a secret. */
export function revealed(value: unknown): unknown {
  return value instanceof Secret ? value.reveal() : value
}
