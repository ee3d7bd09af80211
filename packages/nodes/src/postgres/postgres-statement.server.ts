import { tooLarge, type ResultLimits } from '../sql/statement-limits.ts'

/** A column of a result as the protocol describes it. */
export interface PostgresField {
  readonly name: string
  readonly dataTypeID: number
}

/** What came of a statement, its values as the server wrote them. */
export interface RawResult {
  readonly fields: readonly PostgresField[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly affected: number
  readonly isCut: boolean
}

interface StatementOptions {
  readonly text: string
  /** The declared types of the parameters. */
  readonly oids: readonly number[]
  /**
   * The values as text, once the server said what types it takes them for; the numbers of types that
   * are not known yet end the statement before it runs, with `unknownTypes`.
   */
  readonly write: (oids: readonly number[]) => readonly (string | null)[] | UnknownTypes
  readonly limits: ResultLimits
}

/** Types that must be looked up before a statement can run. */
export class UnknownTypes {
  readonly oids: readonly number[]

  constructor(oids: readonly number[]) {
    this.oids = oids
  }
}

/** So many rows are asked for at first, and at most: those of a batch are sent, however large they are. */
const firstBatch = 100
const largestBatch = 500

/**
 * One statement in the extended protocol: the server says what it takes the parameters for, they are
 * bound as that, and rows are read in batches, so that a result never fills the memory. A statement of
 * its own, because that of the driver does neither.
 */
export class PostgresStatement {
  /** What came of it; rejects with what the server or the socket said. */
  readonly result: Promise<RawResult | UnknownTypes>
  readonly #options: StatementOptions
  readonly #settle: PromiseWithResolvers<RawResult | UnknownTypes>
  #parameterTypes: readonly number[] = []
  #fields: readonly PostgresField[] = []
  readonly #rows: (readonly (string | null)[])[] = []
  #bytes = 0
  #affected = 0
  #failure: unknown
  #unknown: UnknownTypes | undefined
  #isCut = false
  #isSynced = false
  #stopListening = () => {}

  constructor(options: StatementOptions) {
    this.#options = options
    this.#settle = Promise.withResolvers()
    this.result = this.#settle.promise
  }

  submit(connection: Wire): void {
    const { text, oids } = this.#options
    const hear = ({ dataTypeIDs }: { readonly dataTypeIDs: readonly number[] }) => {
      this.#parameterTypes = dataTypeIDs
    }
    const bind = () => this.#bind(connection)
    // The driver passes these on to nobody.
    connection.on('parameterDescription', hear)
    connection.on('noData', bind)
    connection.on('rowDescription', bind)
    this.#stopListening = () => {
      connection.off('parameterDescription', hear)
      connection.off('noData', bind)
      connection.off('rowDescription', bind)
    }
    connection.parse({ text, types: oids })
    connection.describe({ type: 'S' })
    connection.flush()
  }

  #bind(connection: Wire): void {
    try {
      const values = this.#options.write(this.#parameterTypes)
      if (!(values instanceof UnknownTypes)) {
        connection.bind({ values })
        this.#readOn(connection)
        return
      }
      this.#unknown = values
    } catch (error) {
      // Thrown on, it would come out of the socket, where nobody catches it.
      this.#failure = error
    }
    this.#sync(connection)
  }

  #readOn(connection: Wire): void {
    connection.execute({ rows: this.#nextBatch() })
    connection.flush()
  }

  /** One row more than may be kept tells that there are more. */
  #nextBatch(): number {
    const { rows, bytes } = this.#options.limits
    const known = this.#rows.length
    const fitting =
      known === 0 ? firstBatch : Math.ceil((bytes - this.#bytes) / (this.#bytes / known + 1)) + 1
    return Math.min(rows - known + 1, fitting, largestBatch)
  }

  handleRowDescription({ fields }: { readonly fields: readonly PostgresField[] }): void {
    this.#fields = fields
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const { limits } = this.#options
    if (this.#isCut) return
    const size = fields.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0)
    const isFull = this.#rows.length >= limits.rows
    if (isFull || this.#bytes + size > limits.bytes) {
      this.#isCut = true
      if (limits.whenReached === 'fail') this.#failure = tooLarge(limits, isFull ? 'rows' : 'bytes')
      return
    }
    this.#bytes += size
    this.#rows.push(fields)
  }

  handlePortalSuspended(connection: Wire): void {
    if (!this.#isCut) {
      this.#readOn(connection)
      return
    }
    connection.close({ type: 'P' })
    this.#sync(connection)
  }

  handleCommandComplete({ text }: { readonly text: string }, connection: Wire): void {
    this.#affected = Number(/\d+$/.exec(text)?.[0] ?? 0)
    this.#sync(connection)
  }

  handleEmptyQuery(connection: Wire): void {
    this.#sync(connection)
  }

  handleCopyInResponse(connection: Wire): void {
    connection.sendCopyFail('Millrace sends no data for COPY.')
    this.#sync(connection)
  }

  handleCopyData(): void {
    // What COPY … TO STDOUT sends has no columns: only its count is kept.
  }

  handleReadyForQuery(): void {
    this.#stopListening()
    if (this.#failure !== undefined) this.#settle.reject(this.#failure)
    else if (this.#unknown !== undefined) this.#settle.resolve(this.#unknown)
    else {
      this.#settle.resolve({
        fields: this.#fields,
        rows: this.#rows,
        affected: this.#affected,
        isCut: this.#isCut,
      })
    }
  }

  handleError(error: unknown, connection: Wire): void {
    this.#stopListening()
    // The server reads nothing more until it is asked to begin anew.
    this.#sync(connection)
    this.#settle.reject(error)
  }

  #sync(connection: Wire): void {
    if (this.#isSynced) return
    this.#isSynced = true
    connection.sync()
  }
}

/** What a statement needs of the driver's connection, whose own types are wider or miss parts. */
interface Wire {
  on(event: string, listener: (message: never) => void): unknown
  off(event: string, listener: (message: never) => void): unknown
  parse(message: { readonly text: string; readonly types: readonly number[] }): void
  describe(message: { readonly type: 'S' }): void
  bind(message: { readonly values: readonly (string | null)[] }): void
  execute(message: { readonly rows: number }): void
  close(message: { readonly type: 'P' }): void
  sendCopyFail(message: string): void
  flush(): void
  sync(): void
}
