import {
  describeType,
  emptyValue,
  isRecord,
  pinMisfit,
  type DeclaredVariable,
  type Pin,
  type PinPlace,
} from '@millrace/flow'
import { readJson } from '../properties/read-json.ts'

/** Outputs as somebody edits them: JSON by the names of their variables; empty ones where none are given. */
export function textOfPin(
  pin: Pin | undefined,
  outputs: readonly Pick<DeclaredVariable, 'key' | 'name' | 'type'>[],
): string {
  const values = outputs.map(({ key, name, type }) => [
    name,
    pin === undefined ? emptyValue(type) : (pin.outputs[key] ?? null),
  ])
  return JSON.stringify(Object.fromEntries(values), null, 2)
}

/** Reads such a text back, or says why it cannot stand in for the node. */
export function readPinText(
  text: string,
  place: PinPlace,
  before: Pin | undefined,
): { readonly pin: Pin } | { readonly problem: string } {
  const read = readJson(text)
  if ('problem' in read) return read
  const { outputs } = place
  const names = outputs.map(({ name }) => `"${name}"`).join(' and ')
  const { value } = read
  if (!isRecord(value)) return { problem: `Write a record with ${names}: { … }.` }
  const other = Object.keys(value).find((key) => outputs.every(({ name }) => name !== key))
  if (other !== undefined) return { problem: `The node gives no "${other}". It gives ${names}.` }
  const missing = outputs.find(({ name }) => !Object.hasOwn(value, name))
  if (missing !== undefined) {
    return { problem: `"${missing.name}" is missing: a ${describeType(missing.type)}.` }
  }
  const pin: Pin = {
    ...before,
    outputs: Object.fromEntries(outputs.map(({ key, name }) => [key, value[name]])),
  }
  const problem = pinMisfit(pin, place)
  return problem === undefined ? { pin } : { problem }
}
