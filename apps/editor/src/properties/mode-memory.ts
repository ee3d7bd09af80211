import type { JsonValue, PropertyDefinition } from '@millrace/flow'
import { switchMode, type FieldMode } from './field-mode.ts'

/** What a field held in each of its modes when it was switched away from there. */
export type ModeMemory = ReadonlyMap<FieldMode, RememberedValue>

interface RememberedValue {
  readonly value: JsonValue | undefined
  /** What the switch made of it. */
  readonly became: JsonValue | undefined
}

/** A switch of a field from one mode to another. */
export interface ModeSwitching {
  readonly value: JsonValue | undefined
  readonly from: FieldMode
  readonly to: FieldMode
  readonly property: PropertyDefinition
}

/**
 * The value after a switch, and what to remember of the one before. What has no meaning in the other
 * mode comes back on switching back, and so does the very value when nothing was changed meanwhile.
 */
export function switchWithMemory(
  { value, from, to, property }: ModeSwitching,
  memory: ModeMemory,
): { readonly value: JsonValue | undefined; readonly memory: ModeMemory } {
  const remembered = memory.get(to)
  const isUnchanged =
    remembered !== undefined && JSON.stringify(remembered.became) === JSON.stringify(value)
  const switched = isUnchanged
    ? remembered.value
    : (switchMode(value, to, property) ?? remembered?.value)
  return { value: switched, memory: new Map(memory).set(from, { value, became: switched }) }
}
