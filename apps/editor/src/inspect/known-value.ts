/** A value of a run, or why there is none. */
export type KnownValue =
  | { readonly isKnown: true; readonly value: unknown }
  | { readonly isKnown: false; readonly reason: UnknownReason }

/**
 * `notRecorded`: the run's trace left it out; `notYet`: the visit goes on; `failed`, `skipped` and
 * `stopped`: the visit ended without it; `notGiven`: nobody gave the property a value.
 */
export type UnknownReason = 'notRecorded' | 'notYet' | 'failed' | 'skipped' | 'stopped' | 'notGiven'

/** A value that is there. */
export function known(value: unknown): KnownValue {
  return { isKnown: true, value }
}

/** A value that is not. */
export function unknown(reason: UnknownReason): KnownValue {
  return { isKnown: false, reason }
}

/** Why there is no value, in a word for a list and in a sentence. */
export const unknownTexts: Readonly<
  Record<UnknownReason, { readonly word: string; readonly sentence: string }>
> = {
  notRecorded: {
    word: 'not recorded',
    sentence: 'This run was recorded without its values.',
  },
  notYet: { word: 'to come', sentence: 'The node is still running.' },
  failed: { word: 'failed', sentence: 'The node failed before it came to this.' },
  skipped: {
    word: 'skipped',
    sentence: 'The node is disabled, so its outputs are the empty values of their types.',
  },
  stopped: { word: 'cut off', sentence: 'The run was cut off before it came to this.' },
  notGiven: { word: 'no value', sentence: 'Nothing was given here.' },
}
