import type { z } from 'zod'

/** One thing that is wrong at one place of a document. */
export interface PlacedSentence {
  readonly sentence: string
  readonly path: readonly (string | number)[]
}

/** What the schema found, in words for people: a sentence for each key not known, up to `limit`. */
export function sentencesOf(issue: z.core.$ZodIssue, limit: number): readonly PlacedSentence[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol')
  if (issue.code !== 'unrecognized_keys') return [{ sentence: sentenceOf(issue), path }]
  return issue.keys.slice(0, limit).map((key) => ({
    sentence: 'This is not known in this version of the format. Remove it.',
    path: [...path, key],
  }))
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type': {
      const found = /received (\w+)/.exec(issue.message)?.[1] ?? ''
      if (found === 'undefined') return `This is missing: ${noun(issue.expected)}.`
      if (issue.expected === 'int') return 'Here should be a whole number.'
      return `Here should be ${noun(issue.expected)}, and there is ${noun(found)}.`
    }
    case 'invalid_value':
      return `Here should be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}.`
    case 'invalid_union':
      return issue.message === 'Invalid input' ? 'This is no JSON value.' : issue.message
    case 'too_big':
      return `This is too ${isCounted(issue) ? 'long' : 'big'}: at most ${amount(issue, issue.maximum)}.`
    case 'too_small':
      return `This is too ${isCounted(issue) ? 'short' : 'small'}: at least ${amount(issue, issue.minimum)}.`
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'This name is refused.'
    default:
      return issue.message
  }
}

function noun(type: string): string {
  return nouns[type] ?? type
}

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  NaN: 'no number',
  Infinity: 'no finite number',
  nonoptional: 'a value',
}

interface Sized {
  readonly origin: string
}

function isCounted({ origin }: Sized): boolean {
  return origin === 'string' || origin === 'array'
}

function amount(issue: Sized, limit: number | bigint): string {
  const number = limit.toLocaleString('en')
  if (!isCounted(issue)) return number
  const thing = issue.origin === 'string' ? 'character' : 'item'
  return `${number} ${thing}${limit === 1 ? '' : 's'}`
}
