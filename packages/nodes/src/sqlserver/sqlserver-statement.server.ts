import type { FlowError } from '@millrace/flow'
import type mssql from 'mssql'
import type { ResultColumn } from '../sql/database.ts'
import { tooLarge, type ResultLimits } from '../sql/statement-limits.ts'
import { readValue } from './read-value.ts'

/**
 * One statement that runs: its first result is read as it arrives, up to the limits; the rest is passed
 * over. It is cancelled at the server when it reaches one.
 */
export class SqlServerStatement {
  readonly #request: mssql.Request
  readonly #limits: ResultLimits
  readonly #errors: unknown[] = []
  #columns: readonly ResultColumn[] | undefined
  #isFirst = true
  readonly #rows: (readonly unknown[])[] = []
  #bytes = 0
  #affected = 0
  #isCut = false
  #tooLarge: FlowError | undefined

  constructor(request: mssql.Request, limits: ResultLimits) {
    this.#request = request
    this.#limits = limits
    request.stream = true
    request.on('recordset', (columns: readonly mssql.IColumn[]) => this.#begin(columns))
    request.on('row', (row: unknown) => this.#take(row))
    request.on('rowsaffected', (count: number) => {
      this.#affected += count
    })
    request.on('error', (error: unknown) => void this.#errors.push(error))
  }

  /** Runs it; rejects with a limit that it reached, or with all that the server said, in order. */
  async run(text: string) {
    await new Promise<void>((resolve) => {
      this.#request.once('done', () => resolve())
      // In this mode the driver tells its errors by events, and rejects nothing.
      void this.#request.query(text).catch(() => undefined)
    })
    if (this.#tooLarge !== undefined) throw this.#tooLarge
    if (this.#errors.length > 0 && !this.#isCut) throw new StatementErrors(this.#errors)
    return {
      columns: this.#columns ?? [],
      rows: this.#rows,
      affected: this.#affected,
      isCut: this.#isCut,
    }
  }

  /** Cancels it at the server; it then ends with an error. */
  cancel(): void {
    this.#request.cancel()
  }

  #begin(columns: readonly mssql.IColumn[]): void {
    this.#isFirst = this.#columns === undefined
    if (!this.#isFirst) return
    this.#columns = columns.map(({ name, type }) => ({
      name: isJsonOrXml(name) ? '' : name,
      type: typeName(type),
    }))
  }

  #take(row: unknown): void {
    if (!this.#isFirst || this.#isCut || this.#tooLarge !== undefined) return
    // A result of FOR JSON or FOR XML comes in one piece, and not as a list.
    const cells = Array.isArray(row) ? row : Object.values(row ?? {})
    const values = cells.map((cell, index) => readValue(cell, this.#columns?.[index]?.type ?? ''))
    const size = values.reduce((sum: number, value) => sum + sizeOf(value), 0)
    const isFull = this.#rows.length >= this.#limits.rows
    if (!isFull && this.#bytes + size <= this.#limits.bytes) {
      this.#bytes += size
      this.#rows.push(values)
      return
    }
    if (this.#limits.whenReached === 'cut') this.#isCut = true
    else this.#tooLarge = tooLarge(this.#limits, isFull ? 'rows' : 'bytes')
    this.cancel()
  }
}

/** Everything that the server said about a statement. */
export class StatementErrors extends Error {
  readonly errors: readonly unknown[]

  constructor(errors: readonly unknown[]) {
    super('The statement failed.')
    this.errors = errors
  }
}

function isJsonOrXml(name: string): boolean {
  return /^(?:JSON|XML)_F52E2B61-18A1-11d1-B105-00805F49916B$/.test(name)
}

/** The driver's types know how they are declared, which its own types do not say. */
function typeName(type: unknown): string {
  return String((type as { readonly declaration?: string } | undefined)?.declaration ?? '')
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  return typeof value === 'object' && value !== null ? JSON.stringify(value).length : 8
}
