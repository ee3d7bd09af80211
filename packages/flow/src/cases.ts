import { firstRepeated, isIdentifier, uniqueName } from './name.ts'
import { isRecord, type JsonValue } from './json.ts'

/** One case of *If-Else*: its nodes run when its condition is the first that holds. */
export interface Case<Condition = JsonValue> {
  /** Stable, so that edges stay when the case gets another name or place. */
  readonly id: string
  readonly name: string
  /** Condition rows, or an expression, as in a `conditions` property. */
  readonly condition: Condition
}

/** Reads the literal form of a `cases` property; `undefined` when it has another shape. */
export function readCases(value: JsonValue): readonly Case[] | undefined {
  return Array.isArray(value) && value.every(isCase) ? value : undefined
}

function isCase(item: unknown): item is Case {
  return (
    isRecord(item) &&
    typeof item['id'] === 'string' &&
    typeof item['name'] === 'string' &&
    item['condition'] !== undefined
  )
}

/** A case to add to others, without a condition yet. */
export function newCase(others: readonly Case[]): Case {
  const ids = new Set(others.map(({ id }) => id))
  const names = new Set(others.map(({ name }) => name))
  let number = others.length + 1
  while (names.has(`Case ${number}`)) number += 1
  return { id: uniqueName('case', ids), name: `Case ${number}`, condition: noCondition }
}

/** The condition of a case that was given none yet. */
export const noCondition: JsonValue = { match: 'all', rows: [] }

/** Why well-formed cases cannot be used, as the end of a sentence about their property. */
export function whyNotCases(cases: readonly Case[]): string | undefined {
  if (cases.length === 0) return 'has no case'
  const wrong = cases.find(({ id }) => !isIdentifier(id))
  if (wrong !== undefined) return `has a case with the id "${wrong.id}", which is not a name`
  const ids = cases.map(({ id }) => id)
  const twice = firstRepeated(ids)
  if (twice !== undefined) return `has two cases with the id "${twice}"`
  const unnamed = cases.findIndex(({ name }) => name.trim() === '')
  return unnamed === -1 ? undefined : `has no name for case ${unnamed + 1}`
}
