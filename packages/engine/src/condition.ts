import { textOf, type ConditionOperator, type ConditionRow, type JsonValue } from '@millrace/flow'
import type { Resolver, Values } from './resolve.ts'

/** Compiles one condition row; `compile` makes the resolvers of its two sides. */
export function compileCondition(
  row: ConditionRow,
  compile: (cell: JsonValue) => Resolver,
): (values: Values) => boolean {
  const left = compile(row.left)
  const right = row.right === undefined ? () => null : compile(row.right)
  const holds = operators[row.operator]
  return (values) => holds(left(values), right(values))
}

const operators: Readonly<Record<ConditionOperator, (left: unknown, right: unknown) => boolean>> = {
  equals: isEqual,
  notEquals: (left, right) => !isEqual(left, right),
  less: (left, right) => compare(left, right) < 0,
  lessOrEqual: (left, right) => compare(left, right) <= 0,
  greater: (left, right) => compare(left, right) > 0,
  greaterOrEqual: (left, right) => compare(left, right) >= 0,
  contains,
  notContains: (left, right) => !contains(left, right),
  startsWith: (left, right) => textOf(left).startsWith(textOf(right)),
  endsWith: (left, right) => textOf(left).endsWith(textOf(right)),
  isTrue: (left) => isEqual(left, true),
  isFalse: (left) => isEqual(left, false),
  isEmpty,
  isNotEmpty: (left) => !isEmpty(left),
}

/** An item of a list, or a part of a text. */
function contains(left: unknown, right: unknown): boolean {
  return Array.isArray(left)
    ? left.some((item) => isEqual(item, right))
    : textOf(left).includes(textOf(right))
}

/** Numbers that are written as text equal the number; everything else by its JSON. */
function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left === 'number' || typeof right === 'number') {
    return isNumeric(left) && isNumeric(right) && Number(left) === Number(right)
  }
  return JSON.stringify(left ?? null) === JSON.stringify(right ?? null)
}

/** Negative, zero or positive as numbers where both are, else as text; NaN, so false, with null. */
function compare(left: unknown, right: unknown): number {
  if (left === null || left === undefined || right === null || right === undefined)
    return Number.NaN
  if (isNumeric(left) && isNumeric(right)) return Number(left) - Number(right)
  const [leftText, rightText] = [textOf(left), textOf(right)]
  return leftText < rightText ? -1 : leftText > rightText ? 1 : 0
}

function isNumeric(value: unknown): boolean {
  if (typeof value === 'number') return true
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}
