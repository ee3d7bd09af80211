/** A set of credentials and addresses by name, with its secrets, as a node receives it. */
export interface Connection {
  readonly id: string
  readonly kind: string
  readonly name: string
  /**
   * By the keys of the connection's definition; what was left out has its default. A secret is a
   * `Secret`, also as the value of a header.
   */
  readonly fields: Readonly<Record<string, unknown>>
}

/** An address that a node is about to connect to, after its name was resolved. */
export interface OutgoingTarget {
  /** The host as the connection or flow wrote it. */
  readonly host: string
  readonly port: number
  /** The resolved IP address. */
  readonly address: string
}

/** The outside world of a run, by interface. Kept small: what only some nodes need is theirs. */
export interface Services {
  readonly connections: {
    /** Throws `connection_missing` when there is none, `connection_locked` when its secrets cannot be read. */
    get(id: string): Promise<Connection>
  }
  /** Whether the server may reach an address; asked when connecting, again at each redirect. */
  readonly mayConnect: (target: OutgoingTarget) => boolean
  /** Epoch milliseconds. */
  readonly now: () => number
  /** A fresh id for a run, unique and not guessable. */
  readonly newId: () => string
  /**
   * What outlives a run and is shared between runs: pools and clients. The first call for a key
   * makes it; whoever owns the services disposes of it, and waits for that.
   */
  readonly share: <T>(
    key: string,
    create: () => T,
    dispose: (value: T) => void | Promise<void>,
  ) => T
}
