import { typeOfExpression } from './expression.ts'
import { tokensOf, type ExpressionToken } from './expression-tokens.ts'
import {
  expressionConstants,
  expressionFunctions,
  type ExpressionFunction,
  type MethodOwner,
} from './expression-vocabulary.ts'
import type { ScopeVariable } from './scope.ts'
import { describeType, fieldsOf, isOptional, itemOf, required, type Type } from './type.ts'
import { endsValue, valueBefore, type ValueSpan } from './value-before.ts'

/** One thing that may be written at a place of an expression. */
export interface ExpressionCompletion {
  readonly kind: 'variable' | 'item' | 'field' | 'constant' | ExpressionFunction['form']
  /** What is typed for it. */
  readonly name: string
  /** Its type in words; of a function, how it is called and what it gives. */
  readonly detail: string
  /** One sentence about it; empty when its detail says it all. */
  readonly help: string
  /** What takes the place of the word that is being typed. */
  readonly insert: string
  /** Where the caret stands then, from the start of `insert`. */
  readonly caret: number
}

/** What may be written in the place of `from` to `to`. Not filtered by what stands there. */
export interface ExpressionCompletions {
  readonly from: number
  readonly to: number
  readonly items: readonly ExpressionCompletion[]
}

/**
 * What may be written at a position of an expression, finished or not: after a dot the fields of the
 * value before it and what can be called on it, elsewhere variables and functions. `undefined` where
 * nothing can be offered, as inside a text.
 */
export function completeExpression(
  source: string,
  position: number,
  variables: readonly ScopeVariable[],
): ExpressionCompletions | undefined {
  const all = tokensOf(source)
  const here = all.find(({ start, end }) => start < position && position <= end)
  if (here?.kind === 'number' || (here?.kind === 'text' && isInside(here, position)))
    return undefined
  // A word is completed as a whole, also when the caret stands within it.
  const word = here?.kind === 'name' ? here : all.find(startsAt(position))
  const { start: from, end: to } = word ?? { start: position, end: position }
  const before = all.filter(({ end, kind }) => end <= from && kind !== 'space')
  if (all.some(({ kind, text, end }) => isComment(kind, text) && end === from)) return undefined
  const visible = withItems(source, before, variables)
  const last = before.at(-1)
  if (last?.text === '.') {
    const owner = valueBefore(before, before.length - 1)
    return owner === undefined ? undefined : { from, to, items: membersOf(owner, source, visible) }
  }
  if (endsValue(last) || isItemName(before)) return undefined
  return { from, to, items: namesAmong(visible) }
}

function isInside({ text, end }: ExpressionToken, position: number): boolean {
  const isClosed = text.length > 1 && /(["'])$/.test(text)
  return position < end || !isClosed
}

function startsAt(position: number): (token: ExpressionToken) => boolean {
  return ({ kind, start }) => kind === 'name' && start === position
}

function isComment(kind: ExpressionToken['kind'], text: string): boolean {
  return kind === 'space' && text.startsWith('//')
}

const macroNames = new Set(
  expressionFunctions.filter(({ form }) => form === 'macro').map(({ name }) => name),
)

/** Whether a macro's item is being named there, which is a new name. */
function isItemName(before: readonly ExpressionToken[]): boolean {
  const [dot, name, bracket] = before.slice(-3)
  return dot?.text === '.' && macroNames.has(name?.text ?? '') && bracket?.text === '('
}

/** The variables, with the items of the macros that are open at the end of the tokens. */
function withItems(
  source: string,
  before: readonly ExpressionToken[],
  variables: readonly ScopeVariable[],
): readonly ScopeVariable[] {
  let visible = variables
  for (const [index, token] of before.entries()) {
    const [item, comma] = before.slice(index + 1)
    const isOpen = token.text === '(' && !isClosedLater(before, index)
    if (!isOpen || !isItemName(before.slice(0, index + 1))) continue
    if (item?.kind !== 'name' || comma?.text !== ',') continue
    const owner = valueBefore(before, index - 2)
    const list = owner && typeOf(owner, source, visible)
    const type = itemOf(list ?? 'any')
    visible = [
      ...visible.filter(({ name }) => name !== item.text),
      { name: item.text, type, origin: itemOrigin },
    ]
  }
  return visible
}

/** An item of a macro is no variable of a node, but reads like one. */
const itemOrigin: ScopeVariable['origin'] = { kind: 'flow' }

function isClosedLater(tokens: readonly ExpressionToken[], at: number): boolean {
  let depth = 0
  for (const { text } of tokens.slice(at)) {
    if (text === '(') depth += 1
    if (text === ')') depth -= 1
    if (depth === 0) return true
  }
  return false
}

function typeOf(
  { first, end }: ValueSpan,
  source: string,
  visible: readonly ScopeVariable[],
): Type | undefined {
  const type = typeOfExpression(source.slice(first.start, end), visible)
  return type && required(type)
}

function membersOf(
  owner: ValueSpan,
  source: string,
  visible: readonly ScopeVariable[],
): readonly ExpressionCompletion[] {
  const type = typeOf(owner, source, visible)
  if (type === undefined) return []
  // Outside of expressions a time is text.
  const isTime = owner.first.text === 'timestamp' && type === 'text'
  const kind = isTime ? 'time' : ownerKind(type)
  const reference = source.slice(owner.first.start, owner.end)
  return [
    ...Object.entries(fieldsOf(type) ?? {})
      // Others are reached in brackets.
      .filter(([name]) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      .map(([name, field]) => valueItem('field', name, field, `${reference}.${name}`)),
    ...expressionFunctions
      .filter(({ form, on }) => form !== 'function' && (type === 'any' || on.some(is(kind))))
      .filter(({ on }) => type !== 'any' || !on.includes('time'))
      .map(callItem),
  ]
}

function is(kind: MethodOwner | undefined): (other: MethodOwner) => boolean {
  return (other) => other === kind
}

function ownerKind(type: Type): MethodOwner | undefined {
  if (type === 'text') return 'text'
  if (typeof type === 'object' && 'list' in type) return 'list'
  return fieldsOf(type) === undefined ? undefined : 'record'
}

function namesAmong(visible: readonly ScopeVariable[]): readonly ExpressionCompletion[] {
  return [
    ...visible
      .toReversed()
      .map(({ name, type, origin }) =>
        valueItem(origin === itemOrigin ? 'item' : 'variable', name, type, name),
      ),
    ...expressionFunctions.filter(({ form }) => form === 'function').map(callItem),
    ...Object.entries(expressionConstants).map(([name, help]): ExpressionCompletion => ({
      kind: 'constant',
      name,
      detail: '',
      help,
      insert: name,
      caret: name.length,
    })),
  ]
}

function valueItem(
  kind: 'variable' | 'item' | 'field',
  name: string,
  type: Type,
  reference: string,
): ExpressionCompletion {
  const help = isOptional(type)
    ? `It may be null; test it first, as in ${reference} != null && …`
    : ''
  return { kind, name, detail: describeType(type), help, insert: name, caret: name.length }
}

function callItem({ form, name, parts, gives, help }: ExpressionFunction): ExpressionCompletion {
  const start = form === 'macro' ? `${name}(item, ` : `${name}(`
  return {
    kind: form,
    name,
    detail: `(${parts.join(', ')}) → ${gives}`,
    help,
    insert: `${start})`,
    caret: parts.length === 0 ? start.length + 1 : start.length,
  }
}
