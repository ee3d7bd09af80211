import type { Program, Statement, Test, Value } from './program.ts'

/** What a run of a program says and how it ends, in words that a real run can be put into too. */
export interface Story {
  /** Everything that the provider sent and the client got, in order. */
  readonly trace: readonly string[]
  /** `completed` with the result, or `failed` with the code and the node, or `cancelled`. */
  readonly end: string
}

/** When a run is ended before its end. */
export interface Cut {
  /** Stops the run when the provider is asked for the thing of this number, from 0. */
  readonly stopAt?: number
  /** How many node starts and yields it may take. */
  readonly steps?: number
}

/** What a program means, worked out by itself: the engine shares nothing with it. */
export function runModel(program: Program, cut: Cut = {}): Story {
  return new Model(cut).run(program)
}

type End = 'next' | 'break' | 'continue' | { readonly result: unknown }

class Thrown {
  readonly code: string
  readonly nodeId: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, nodeId: string, details: Readonly<Record<string, unknown>> = {}) {
    this.code = code
    this.nodeId = nodeId
    this.details = details
  }
}

/** Leaves everything but *finally* blocks. */
class Cancelled {}

class Model {
  readonly #cut: Cut
  readonly #trace: string[] = []
  readonly #variables = new Map<string, unknown>([['count', 0]])
  readonly #caught = new Map<string, Thrown>()
  #sent = 0
  #steps = 0
  #cancelled: string | undefined
  #isInFinally = false

  constructor(cut: Cut) {
    this.#cut = cut
  }

  run(program: Program): Story {
    const end = this.#ending(program)
    return { trace: this.#trace, end: this.#cancelled ?? end }
  }

  #ending(program: Program): string {
    try {
      const end = this.#block(program)
      return `completed ${JSON.stringify(typeof end === 'object' ? end.result : null)}`
    } catch (thrown) {
      if (thrown instanceof Thrown) return `failed ${thrown.code} at ${thrown.nodeId}`
      if (thrown instanceof Cancelled) return 'cancelled'
      throw thrown
    }
  }

  #block(program: Program): End {
    for (const statement of program) {
      const end = this.#statement(statement)
      if (end !== 'next') return end
    }
    return 'next'
  }

  #statement(statement: Statement): End {
    try {
      this.#step(statement.id)
      return statement.isDisabled ? this.#skip(statement) : this.#run(statement)
    } finally {
      this.#checkCancelled()
    }
  }

  #skip({ kind, id }: Statement): End {
    if (kind === 'stream') this.#variables.set(`said_${id}`, '')
    return 'next'
  }

  #run(statement: Statement): End {
    const { id } = statement
    switch (statement.kind) {
      case 'yield':
        this.#step(id)
        this.#trace.push(`yield ${JSON.stringify(this.#value(statement.value))}`)
        return 'next'
      case 'count':
        this.#variables.set('count', Number(this.#variables.get('count')) + 1)
        return 'next'
      case 'wait':
        return 'next'
      case 'if':
        return this.#block(this.#holds(statement.test) ? statement.yes : statement.no)
      case 'ifElse': {
        const first = statement.cases.find(({ test }) => this.#holds(test))
        return this.#block(first?.body ?? statement.otherwise)
      }
      case 'forEach':
        return this.#loop(statement.body, statement.items.entries(), ([index, item]) => {
          this.#variables.set(`item_${id}`, item).set(`index_${id}`, index)
          return true
        })
      case 'while':
        return this.#loop(statement.body, this.#rounds(statement.test), (round) => {
          if (round >= statement.most) throw new Thrown('limit_exceeded', id)
          return true
        })
      case 'stream':
        return this.#stream(statement)
      case 'try':
        return this.#try(statement)
      case 'throw':
        throw new Thrown('flow_failed', id, { value: this.#value(statement.value) })
      case 'throwAgain':
        throw this.#caught.get(statement.of)
      case 'return':
        return { result: this.#value(statement.value) }
      case 'yieldBreak':
        return { result: null }
      case 'break':
      case 'continue':
        return statement.kind
    }
  }

  /** Rounds for as long as they begin with `true`. */
  #loop<T>(body: Program, rounds: Iterable<T>, begin: (round: T) => boolean): End {
    for (const round of rounds) {
      if (!begin(round)) break
      const end = this.#block(body)
      if (end === 'break') return 'next'
      if (typeof end === 'object') return end
    }
    return 'next'
  }

  *#rounds(test: Test): Generator<number> {
    for (let round = 0; this.#holds(test); round += 1) yield round
  }

  #stream({ id, messages, isCut, body }: Extract<Statement, { kind: 'stream' }>): End {
    let said = ''
    let isWhole = false
    const end = this.#loop(body, [...messages, undefined].entries(), ([index, content]) => {
      this.#send(content === undefined ? `${id} ends` : `${id} sends ${content}`)
      if (content === undefined) {
        isWhole = true
        return false
      }
      said += content
      this.#variables.set(`message_${id}.content`, content).set(`message_${id}.index`, index)
      return true
    })
    if (isWhole && isCut) throw new Thrown('upstream_truncated', id, { partial: said })
    this.#variables.set(`said_${id}`, said)
    return end
  }

  #try({ id, body, caught, last }: Extract<Statement, { kind: 'try' }>): End {
    try {
      return this.#block(body)
    } catch (thrown) {
      if (!(thrown instanceof Thrown)) throw thrown
      this.#caught.set(id, thrown)
      const { code, nodeId, details } = thrown
      this.#variables
        .set(`error_${id}.code`, code)
        .set(`error_${id}.nodeId`, nodeId)
        .set(`error_${id}.details.value`, details['value'])
        .set(`error_${id}.details.partial`, details['partial'])
      return this.#block(caught ?? [])
    } finally {
      this.#finally(last)
    }
  }

  #finally(last: Program): void {
    const wasInFinally = this.#isInFinally
    this.#isInFinally = true
    try {
      this.#block(last)
    } finally {
      this.#isInFinally = wasInFinally
    }
  }

  #send(what: string): void {
    if (this.#sent === this.#cut.stopAt) this.#cancelled ??= 'cancelled'
    this.#sent += 1
    this.#checkCancelled()
    this.#trace.push(what)
  }

  #step(id: string): void {
    if (this.#cancelled !== undefined) return
    this.#steps += 1
    if (this.#steps <= (this.#cut.steps ?? Infinity)) return
    this.#cancelled = `failed limit_exceeded at ${id}`
    this.#checkCancelled()
  }

  #checkCancelled(): void {
    if (this.#cancelled !== undefined && !this.#isInFinally) throw new Cancelled()
  }

  #holds({ left, below }: Test): boolean {
    return Number(this.#value(left)) < below
  }

  #value(value: Value): unknown {
    return typeof value === 'number' ? value : (this.#variables.get(value.reference) ?? null)
  }
}
