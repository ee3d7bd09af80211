import { setTimeout as delay } from 'node:timers/promises'
import { sqlServerError } from './postgres-error.ts'
import { declaredNames, readCall } from './procedures.ts'
import { ByteReader } from './protocol/bytes.ts'
import type { Parameter } from './protocol/parameters.ts'
import {
  changeToken,
  columnsToken,
  doneTokenOf,
  errorToken,
  returnStatusToken,
  returnValueToken,
  rowToken,
} from './protocol/tokens.ts'
import { SqlServerFault } from './sql-server-fault.ts'
import type { Answer, Store } from './store.ts'
import { translate, type Query, type Statement } from './tsql/translate.ts'

/** Where a session writes the tokens of its answer. */
export interface Output {
  add(...tokens: readonly Buffer[]): void
  /** Waits while the client reads slower than rows are written. */
  drained(signal: AbortSignal): Promise<void>
}

/**
 * Told of each batch before it is carried out, but of those that only set something, which drivers send
 * by themselves; what it throws is the answer.
 */
export type BeforeStatement = (
  statement: { readonly text: string; readonly parameters: readonly Parameter[] },
  signal: AbortSignal,
) => void | Promise<void>

interface Prepared {
  readonly text: string
  readonly names: readonly string[]
}

/** So many rows are written before the client is given a chance to read or to cancel. */
const rowsAtOnce = 200

/** What one client did so far: its transaction and its prepared statements. */
export class Session {
  readonly #id: number
  readonly #store: Store
  readonly #before: BeforeStatement
  readonly #prepared = new Map<number, Prepared>()
  #transaction: bigint | undefined
  #rowCount = 0

  constructor(id: number, store: Store, before: BeforeStatement) {
    this.#id = id
    this.#store = store
    this.#before = before
  }

  /** Forgets what was prepared and undoes what is open: when a driver asks for it, or is gone. */
  async reset(): Promise<void> {
    this.#prepared.clear()
    if (this.#transaction !== undefined) await this.#store.run('rollback')
    this.#transaction = undefined
    this.#store.turns.giveBack(this)
  }

  async batch(data: Buffer, output: Output, signal: AbortSignal): Promise<void> {
    const text = withoutHeaders(data).toString('utf16le')
    const failed = await this.#carryOut(text, [], 'batch', output, signal)
    if (!failed) output.add(doneTokenOf({ kind: 'batch' }))
  }

  async call(data: Buffer, output: Output, signal: AbortSignal): Promise<void> {
    const { procedure, parameters } = readCall(withoutHeaders(data))
    const [first, second, third] = parameters
    let failed = false
    switch (procedure) {
      case 'sp_executesql': {
        failed = await this.#carryOut(
          first?.value ?? '',
          parameters.slice(2),
          'inProcedure',
          output,
          signal,
        )
        break
      }
      case 'sp_prepare':
        output.add(returnValueToken(first?.name ?? '', this.#prepare(second, third)))
        break
      case 'sp_prepexec': {
        const handle = this.#prepare(second, third)
        failed = await this.#execute(handle, parameters.slice(3), output, signal)
        output.add(returnValueToken(first?.name ?? '', handle))
        break
      }
      case 'sp_execute':
        failed = await this.#execute(Number(first?.value), parameters.slice(1), output, signal)
        break
      case 'sp_unprepare':
        this.#prepared.delete(Number(first?.value))
        break
      default: {
        const message = `Could not find stored procedure '${procedure}'.`
        output.add(errorToken({ number: 2812, message }))
        failed = true
      }
    }
    output.add(returnStatusToken(failed ? 1 : 0), doneTokenOf({ kind: 'procedure', failed }))
  }

  /** A request of the driver itself to begin or end a transaction. */
  async transaction(data: Buffer, output: Output, signal: AbortSignal): Promise<void> {
    const request = { begin: 5, commit: 7, rollback: 8, save: 9 }
    const type = new ByteReader(withoutHeaders(data)).u16()
    if (type === request.begin) await this.#begin(output, signal)
    else if (type === request.commit) await this.#end('commit', output)
    else if (type === request.rollback) await this.#end('rollback', output)
    output.add(doneTokenOf({ kind: 'batch' }))
  }

  #prepare(declaration: Parameter | undefined, text: Parameter | undefined): number {
    const handle = this.#prepared.size + 1
    const names = declaredNames(declaration?.value ?? '')
    this.#prepared.set(handle, { text: text?.value ?? '', names })
    return handle
  }

  async #execute(
    handle: number,
    values: readonly Parameter[],
    output: Output,
    signal: AbortSignal,
  ): Promise<boolean> {
    const prepared = this.#prepared.get(handle)
    if (prepared === undefined) {
      const message = `Could not find prepared statement with handle ${handle}.`
      output.add(errorToken({ number: 8179, message }))
      return true
    }
    const parameters = values.map((value, index) =>
      value.name === '' ? { ...value, name: prepared.names[index] ?? '' } : value,
    )
    return await this.#carryOut(prepared.text, parameters, 'inProcedure', output, signal)
  }

  /** Answers the statements of a batch in turn, up to the first that fails; says whether one did. */
  async #carryOut(
    text: string,
    parameters: readonly Parameter[],
    kind: 'batch' | 'inProcedure',
    output: Output,
    signal: AbortSignal,
  ): Promise<boolean> {
    let query: Query | undefined
    let isTold = false
    try {
      for (const statement of this.#translated(text, parameters)) {
        if (!isTold && statement.kind !== 'nothing') {
          isTold = true
          await this.#before({ text, parameters }, signal)
        }
        query = statement.kind === 'query' ? statement.query : undefined
        await this.#do(statement, kind, output, signal)
      }
      return false
    } catch (error) {
      if (!signal.aborted) output.add(errorToken(sqlServerError(error, query)))
      output.add(doneTokenOf({ kind, failed: true, hasMore: kind === 'inProcedure' }))
      return true
    }
  }

  #translated(text: string, parameters: readonly Parameter[]): Iterable<Statement> {
    return translate(text, {
      parameters,
      relations: () => this.#store.relations,
      globals: () => this.#globals(),
    })
  }

  #globals(): ReadonlyMap<string, string> {
    return new Map([
      ['@@ROWCOUNT', String(this.#rowCount)],
      ['@@SPID', String(this.#id)],
      ['@@TRANCOUNT', this.#transaction === undefined ? '0' : '1'],
      ['@@VERSION', "'Microsoft SQL Server 2022, as the loopback plays it'"],
    ])
  }

  async #do(
    statement: Statement,
    kind: 'batch' | 'inProcedure',
    output: Output,
    signal: AbortSignal,
  ): Promise<void> {
    switch (statement.kind) {
      case 'nothing':
        return
      case 'begin':
        await this.#begin(output, signal)
        return
      case 'commit':
      case 'rollback':
        await this.#end(statement.kind, output)
        return
      case 'declare':
        await this.#inTurn(signal, () => this.#store.run(...statement.statements))
        return
      case 'wait':
        await delay(statement.ms, undefined, { signal })
        return
      case 'raise':
        throw new SqlServerFault(statement.error)
      case 'query': {
        const answer = await this.#inTurn(signal, () => this.#ask(statement))
        if (answer !== undefined) await this.#write(answer, kind, output, signal)
      }
    }
  }

  async #ask(
    statement: Extract<Statement, { readonly kind: 'query' }>,
  ): Promise<Answer | undefined> {
    if (statement.condition !== undefined) {
      const { rows } = await this.#store.query(statement.condition)
      if (rows[0]?.[0] !== 't') return undefined
    }
    const answer = await this.#store.query(statement.query)
    await this.#store.run(...statement.notes)
    if (statement.defines) await this.#store.refresh()
    return answer
  }

  /** A failed statement leaves its transaction as it was, as SQL Server does without XACT_ABORT. */
  async #inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (this.#transaction === undefined) {
      await this.#store.turns.take(this, signal)
      try {
        return await work()
      } finally {
        this.#store.turns.giveBack(this)
      }
    }
    await this.#store.run('savepoint statement')
    try {
      const result = await work()
      await this.#store.run('release statement')
      return result
    } catch (error) {
      await this.#store.run('rollback to statement')
      throw error
    }
  }

  async #write(
    { columns, rows, count }: Answer,
    kind: 'batch' | 'inProcedure',
    output: Output,
    signal: AbortSignal,
  ): Promise<void> {
    if (columns.length > 0) output.add(columnsToken(columns))
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      output.add(...rows.slice(start, start + rowsAtOnce).map((row) => rowToken(columns, row)))
      await output.drained(signal)
    }
    this.#rowCount = count
    output.add(doneTokenOf({ kind, hasMore: true, count }))
  }

  async #begin(output: Output, signal: AbortSignal): Promise<void> {
    await this.#store.turns.take(this, signal)
    await this.#store.run('begin')
    this.#transaction = BigInt(this.#id)
    output.add(changeToken({ kind: 'begin', transaction: this.#transaction }))
  }

  async #end(how: 'commit' | 'rollback', output: Output): Promise<void> {
    if (this.#transaction === undefined) {
      const message = `The ${how.toUpperCase()} TRANSACTION request has no corresponding BEGIN TRANSACTION.`
      throw new SqlServerFault({ number: how === 'commit' ? 3902 : 3903, message })
    }
    await this.#store.run(how)
    output.add(changeToken({ kind: how, transaction: this.#transaction }))
    this.#transaction = undefined
    this.#store.turns.giveBack(this)
  }
}

/** Requests begin with headers that say which transaction they belong to; there is only one. */
function withoutHeaders(data: Buffer): Buffer {
  return data.subarray(data.readUInt32LE())
}
