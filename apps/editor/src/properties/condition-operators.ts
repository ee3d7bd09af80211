import {
  conditionOperators,
  fieldsOf,
  required,
  type ConditionOperator,
  type Type,
} from '@millrace/flow'

const ofText: readonly ConditionOperator[] = [
  ...(['equals', 'notEquals', 'contains', 'notContains', 'startsWith', 'endsWith'] as const),
  ...(['less', 'lessOrEqual', 'greater', 'greaterOrEqual', 'isEmpty', 'isNotEmpty'] as const),
]
const ofNumbers: readonly ConditionOperator[] = [
  ...(['equals', 'notEquals', 'less', 'lessOrEqual', 'greater', 'greaterOrEqual'] as const),
  ...(['isEmpty', 'isNotEmpty'] as const),
]
const ofTruth: readonly ConditionOperator[] = ['isTrue', 'isFalse', 'isEmpty', 'isNotEmpty']
const ofLists: readonly ConditionOperator[] = ['contains', 'notContains', 'isEmpty', 'isNotEmpty']
const ofRecords: readonly ConditionOperator[] = ['isEmpty', 'isNotEmpty', 'equals', 'notEquals']
const all = Object.keys(conditionOperators) as readonly ConditionOperator[] // the table's own keys

/** The operators that make sense of a value, likeliest first; all of them where its type is not known. */
export function operatorsFor(left: Type): readonly ConditionOperator[] {
  const type = required(left)
  if (type === 'text') return ofText
  if (type === 'number') return ofNumbers
  if (type === 'boolean') return ofTruth
  if (typeof type === 'object' && 'list' in type) return ofLists
  return fieldsOf(type) === undefined ? all : ofRecords
}

/** What is asked of a value at first: an operator that says something of it stays. */
export function operatorAfter(before: ConditionOperator, left: Type): ConditionOperator {
  const fitting = operatorsFor(left)
  return fitting.includes(before) ? before : (fitting[0] ?? before)
}
