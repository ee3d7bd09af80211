import { isRecord, type ErrorShape, type JsonValue } from '@millrace/flow'
import { isUsage } from './is-usage.ts'
import type { RunRecord } from './run-record.ts'

// Only what the engine said is written: these tell it from what is damaged.

/** Whether a stored value is the usage of a run by model. */
export function isModels(value: unknown): value is RunRecord['models'] {
  return Array.isArray(value) && value.every((one) => isRecord(one) && isUsage(one['usage']))
}

/** Whether a stored value is an error. */
export function isErrorShape(value: unknown): value is ErrorShape {
  return isRecord(value) && typeof value['code'] === 'string'
}

/** Whether anything was stored: text that is no JSON says nothing. */
export function isJson(value: unknown): value is JsonValue {
  return value !== undefined
}
