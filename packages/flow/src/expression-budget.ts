import type { ASTNode } from '@marcbachmann/cel-js'

/**
 * What one evaluation may cost. List macros nest, and one may double what the one before it made, so
 * an expression of a hundred characters could otherwise keep a process busy for years.
 */
const maxSteps = 100_000
/** The most characters that any value, however it is put together, may have as JSON, roughly. */
const maxValueSize = 1024 * 1024

const tooManySteps = 'it takes more than 100,000 steps; let it look at fewer items'
const tooLarge = 'its result is larger than 1 MiB; let it make less'

// An evaluation never waits, so there is one at a time.
let steps = 0
let breach: string | undefined

/** Evaluates with a fresh budget; throws when it was used up, even where a macro swallowed that. */
export function withinBudget<T>(evaluate: () => T): T {
  steps = 0
  breach = undefined
  const value = evaluate()
  if (breach !== undefined) throw new Error(breach)
  return value
}

/** Takes some steps of the budget of the evaluation under way. */
export function spend(cost: number): void {
  steps += cost
  if (steps > maxSteps) exceed(tooManySteps)
}

/** The value itself; throws when it is larger than any value may be. */
export function bounded<T>(value: T): T {
  boundSize(sizeOf(value))
  return value
}

/** Throws when what is about to be made, of so many characters, is larger than any value may be. */
export function boundSize(size: number): void {
  if (size > maxValueSize) exceed(tooLarge)
}

function exceed(what: string): never {
  breach ??= what
  throw new Error(breach)
}

// Remembered, because a list that holds one list many times over is counted in full.
const sizes = new WeakMap<object, number>()

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 4
  const known = sizes.get(value)
  if (known !== undefined) return known
  const items = Array.isArray(value) || value instanceof Map ? value : Object.entries(value)
  let size = 2
  for (const item of items) {
    size += 1 + sizeOf(item)
    if (size > maxValueSize) break
  }
  sizes.set(value, size)
  return size
}

/** What the library keeps of a node beside what it declares; the exact version is pinned for it. */
interface InnerNode {
  readonly op: string
  readonly args: unknown
  readonly meta: { readonly alternate?: InnerNode; readonly evaluate: Evaluate }
  setMeta(key: 'evaluate', evaluate: Evaluate): void
}

type Evaluate = (evaluator: unknown, node: unknown, context: unknown) => unknown

interface Comprehension {
  readonly iterable: InnerNode
  readonly step: InnerNode
  condition?: (accumulated: unknown) => boolean
}

const makers = new Set(['list', 'map', '+', 'call', 'rcall', 'comprehension'])

/** Lets every turn of a macro and every value that is made count; once, after the types are checked. */
export function countCosts(ast: ASTNode): void {
  const seen = new Set<unknown>()
  visit(ast)

  function visit(value: unknown): void {
    if (Array.isArray(value)) value.forEach(visit)
    if (!isInnerNode(value) || seen.has(value)) return
    seen.add(value)
    if (makers.has(value.op)) boundResult(value)
    if (value.op !== 'comprehension') {
      visit(value.args)
      visit(value.meta.alternate)
      return
    }
    const comprehension = value.args as Comprehension // what the library expands a macro to
    countTurns(comprehension)
    visit(comprehension.iterable)
    visit(comprehension.step)
  }
}

function boundResult(node: InnerNode): void {
  const { evaluate } = node.meta
  node.setMeta('evaluate', (evaluator, self, context) =>
    bounded(evaluate(evaluator, self, context)),
  )
}

function countTurns(comprehension: Comprehension): void {
  const { condition } = comprehension
  comprehension.condition = (accumulated) => {
    spend(1)
    return condition === undefined || condition(accumulated)
  }
}

function isInnerNode(value: unknown): value is InnerNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'setMeta' in value
}
