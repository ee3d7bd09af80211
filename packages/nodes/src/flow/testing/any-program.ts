import fc from 'fast-check'
import type { Program, Statement, Test, Value } from './program.ts'

/** A program before it is known what is in scope: variables are chosen by a number. */
type Draft = {
  readonly isDisabled: boolean
} & (
  | { readonly kind: 'yield' | 'throw' | 'return'; readonly value: number }
  | { readonly kind: 'count' | 'wait' | 'yieldBreak' | 'break' | 'continue' }
  | { readonly kind: 'throwAgain'; readonly of: number }
  | { readonly kind: 'if'; readonly test: DraftTest; readonly blocks: readonly Draft[][] }
  | { readonly kind: 'ifElse'; readonly tests: readonly DraftTest[]; readonly blocks: Draft[][] }
  | { readonly kind: 'forEach'; readonly items: readonly number[]; readonly blocks: Draft[][] }
  | {
      readonly kind: 'while'
      readonly test: DraftTest
      readonly most: number
      readonly blocks: Draft[][]
    }
  | {
      readonly kind: 'stream'
      readonly messages: readonly string[]
      readonly isCut: boolean
      readonly blocks: Draft[][]
    }
  | { readonly kind: 'try'; readonly hasCatch: boolean; readonly blocks: Draft[][] }
)

interface DraftTest {
  readonly left: number
  readonly below: number
}

const isDisabled = oneIn(20)
/** True once in so many times. */
function oneIn(count: number): fc.Arbitrary<boolean> {
  return fc.integer({ min: 1, max: count }).map((number) => number === count)
}

const chosen = fc.nat({ max: 20 })
const test = fc.record({ left: chosen, below: fc.integer({ min: 0, max: 4 }) })
const few = { minLength: 1, maxLength: 3 }

const { draft } = fc.letrec<{ draft: Draft; block: Draft[] }>((tie) => {
  const blocks = (count: number) =>
    fc.array(tie('block'), { minLength: count, maxLength: count }) as fc.Arbitrary<Draft[][]>
  const of = <K extends Draft['kind']>(kind: K, rest: Record<string, fc.Arbitrary<unknown>> = {}) =>
    fc.record({ kind: fc.constant(kind), isDisabled, ...rest }) as unknown as fc.Arbitrary<Draft>
  return {
    block: fc.array(tie('draft'), { ...few, depthIdentifier: 'program' }) as fc.Arbitrary<Draft[]>,
    draft: fc.oneof(
      { depthIdentifier: 'program', depthSize: 'small', maxDepth: 6 },
      { weight: 12, arbitrary: of('yield', { value: chosen }) },
      { weight: 4, arbitrary: of('count') },
      { weight: 1, arbitrary: of('wait') },
      { weight: 1, arbitrary: of('throw', { value: chosen }) },
      { weight: 2, arbitrary: of('throwAgain', { of: chosen }) },
      { weight: 1, arbitrary: of('return', { value: chosen }) },
      { weight: 1, arbitrary: of('yieldBreak') },
      { weight: 1, arbitrary: of('break') },
      { weight: 1, arbitrary: of('continue') },
      { weight: 4, arbitrary: of('if', { test, blocks: blocks(2) }) },
      {
        weight: 3,
        arbitrary: of('ifElse', {
          tests: fc.array(test, { minLength: 1, maxLength: 2 }),
          blocks: blocks(3),
        }),
      },
      {
        weight: 4,
        arbitrary: of('forEach', { items: fc.array(fc.nat({ max: 3 }), few), blocks: blocks(1) }),
      },
      {
        weight: 4,
        arbitrary: of('while', { test, most: fc.integer({ min: 1, max: 3 }), blocks: blocks(1) }),
      },
      {
        weight: 6,
        arbitrary: of('stream', {
          messages: fc.array(fc.constantFrom('a', 'b', 'c'), few),
          isCut: oneIn(5),
          blocks: blocks(1),
        }),
      },
      { weight: 6, arbitrary: of('try', { hasCatch: fc.boolean(), blocks: blocks(3) }) },
    ) as fc.Arbitrary<Draft>,
  }
})

/** Programs in which everything is in its place: jumps have somewhere to go, and names are in scope. */
export const anyProgram: fc.Arbitrary<Program> = fc
  .array(draft, { minLength: 2, maxLength: 4 })
  .map((drafts) => new Finisher().block(drafts, start))

/** What a statement may use. */
interface Scope {
  readonly numbers: readonly string[]
  readonly values: readonly string[]
  /** Those *Try* whose *Catch* it is in. */
  readonly caught: readonly string[]
  readonly isInLoop: boolean
  readonly isInFinally: boolean
}

const start: Scope = {
  numbers: ['count'],
  values: ['count'],
  caught: [],
  isInLoop: false,
  isInFinally: false,
}

class Finisher {
  #count = 0

  block(drafts: readonly Draft[], outer: Scope): Program {
    const statements: Statement[] = []
    let scope = outer
    for (const one of drafts) {
      const statement = this.#finish(one, scope)
      statements.push(statement)
      // A jump has no exit, so nothing can stand behind it.
      if (isJump(statement)) break
      if (statement.kind === 'stream') scope = withValues(scope, [`said_${statement.id}`])
    }
    return statements
  }

  #finish(one: Draft, scope: Scope): Statement {
    this.#count += 1
    const id = `n${this.#count}`
    const base = { id, isDisabled: one.isDisabled }
    const value = (choice: number): Value => valueOf(choice, scope.values)
    const testOf = ({ left, below }: DraftTest): Test => ({
      left: valueOf(left, scope.numbers),
      below,
    })
    const sub = (at: number, inner: Scope = scope) =>
      this.block(('blocks' in one ? one.blocks[at] : undefined) ?? [], inner)
    const inLoop = { ...scope, isInLoop: true }
    switch (one.kind) {
      case 'yield':
      case 'throw':
        return { ...base, kind: one.kind, value: value(one.value) }
      case 'count':
      case 'wait':
        return { ...base, kind: one.kind }
      case 'return':
        if (scope.isInFinally) return { ...base, kind: 'count' }
        return { ...base, kind: 'return', value: value(one.value) }
      case 'yieldBreak':
        return { ...base, kind: scope.isInFinally ? 'count' : 'yieldBreak' }
      case 'break':
      case 'continue':
        return { ...base, kind: scope.isInLoop ? one.kind : 'count' }
      case 'throwAgain': {
        const of = scope.caught[one.of % scope.caught.length]
        return of === undefined ? { ...base, kind: 'count' } : { ...base, kind: 'throwAgain', of }
      }
      case 'if':
        return { ...base, kind: 'if', test: testOf(one.test), yes: sub(0), no: sub(1) }
      case 'ifElse':
        return {
          ...base,
          kind: 'ifElse',
          cases: one.tests.map((each, index) => ({ test: testOf(each), body: sub(index) })),
          otherwise: sub(2),
        }
      case 'forEach': {
        const names = [`item_${id}`, `index_${id}`]
        return {
          ...base,
          kind: 'forEach',
          items: one.items,
          body: sub(0, withNumbers(inLoop, names)),
        }
      }
      case 'while':
        return {
          ...base,
          kind: 'while',
          test: testOf(one.test),
          most: one.most,
          body: sub(0, inLoop),
        }
      case 'stream': {
        const withIndex = withNumbers(inLoop, [`message_${id}.index`])
        const { messages, isCut } = one
        const body = sub(0, withValues(withIndex, [`message_${id}.content`]))
        return { ...base, kind: 'stream', messages, isCut, body }
      }
      case 'try': {
        const names = ['code', 'nodeId', 'details.value', 'details.partial'].map(
          (field) => `error_${id}.${field}`,
        )
        const inCatch = { ...withValues(scope, names), caught: [...scope.caught, id] }
        return {
          ...base,
          kind: 'try',
          body: sub(0),
          caught: one.hasCatch ? sub(1, inCatch) : undefined,
          last: sub(2, { ...scope, isInLoop: false, isInFinally: true }),
        }
      }
    }
  }
}

/** Whether the node of a statement has no exit. */
function isJump({ kind }: Statement): boolean {
  return ['throw', 'throwAgain', 'return', 'yieldBreak', 'break', 'continue'].includes(kind)
}

function withNumbers(scope: Scope, names: readonly string[]): Scope {
  return withValues({ ...scope, numbers: [...scope.numbers, ...names] }, names)
}

function withValues(scope: Scope, names: readonly string[]): Scope {
  return { ...scope, values: [...scope.values, ...names] }
}

/** Small choices are numbers, the others names. */
function valueOf(choice: number, names: readonly string[]): Value {
  const reference = choice < 3 ? undefined : names[(choice - 3) % names.length]
  return reference === undefined ? choice : { reference }
}
