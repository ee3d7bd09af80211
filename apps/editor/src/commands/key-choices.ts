import { isRecord } from '@millrace/flow'
import { create } from 'zustand'
import { keep, readKept } from '../session/kept.ts'

/** The keys that a designer chose in the place of a command's own, by its id; kept for this browser. */
export type KeyChoices = Readonly<Record<string, readonly string[]>>

const key = 'millrace.keys'

/** The store of chosen keys. */
export const useKeyChoices = create<KeyChoices>()(() => readChoices(readKept(key)))

/** The keys that were chosen for a command; `undefined` where it has its own. */
export function chosenKeys(id: string): readonly string[] | undefined {
  return useKeyChoices.getState()[id]
}

/** Chooses and forgets keys. */
export const keyChoiceCommands = {
  choose(id: string, keys: string): void {
    put({ ...useKeyChoices.getState(), [id]: [keys] })
  },
  /** Gives a command its own keys back. */
  forget(id: string): void {
    const { [id]: forgotten, ...others } = useKeyChoices.getState()
    if (forgotten !== undefined) put(others)
  },
  forgetAll(): void {
    put({})
  },
}

function put(choices: KeyChoices): void {
  useKeyChoices.setState(choices, true)
  keep(key, choices)
}

function readChoices(kept: unknown): KeyChoices {
  if (!isRecord(kept)) return {}
  return Object.fromEntries(
    Object.entries(kept).flatMap(([id, keys]) => (isKeys(keys) ? [[id, keys] as const] : [])),
  )
}

function isKeys(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '')
}
