import type { FieldMode } from './field-mode.ts'
import type { ModeMemory } from './mode-memory.ts'

/** Which field is meant: node ids are unique within a flow only. */
export interface FieldPlace {
  readonly flowId: string
  /** More than one when several nodes are set at once. */
  readonly nodeIds: readonly string[]
  readonly propertyKey: string
}

/** As long as the page is open: what a value says about its mode is stored with the flow. */
const chosenModes = new Map<string, FieldMode>()
const memories = new Map<string, ModeMemory>()

/** The mode that was chosen for a field, also when its node was left and selected again. */
export function chosenModeOf(place: FieldPlace): FieldMode | undefined {
  return chosenModes.get(keyOf(place))
}

export function chooseModeOf(place: FieldPlace, mode: FieldMode): void {
  chosenModes.set(keyOf(place), mode)
}

/** What a field held in its other modes, also when its node was left and selected again. */
export function modeMemoryOf(place: FieldPlace): ModeMemory {
  return memories.get(keyOf(place)) ?? nothing
}

export function keepModeMemory(place: FieldPlace, memory: ModeMemory): void {
  memories.set(keyOf(place), memory)
}

const nothing: ModeMemory = new Map()

function keyOf({ flowId, nodeIds, propertyKey }: FieldPlace): string {
  return JSON.stringify([flowId, nodeIds, propertyKey])
}
