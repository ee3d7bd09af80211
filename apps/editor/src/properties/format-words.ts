import type { FormatStep, FormattedValue } from '@millrace/flow'
import { counted } from '../ui/counted.ts'

/** What each step is called where it is chosen. */
export const stepNames = {
  first: 'First item',
  last: 'Last item',
  count: 'Count',
  join: 'Join',
  date: 'Date',
  upper: 'Upper case',
  lower: 'Lower case',
  trim: 'Without spaces around it',
  round: 'Round',
  json: 'As JSON',
} as const satisfies Readonly<Record<FormatStep['kind'], string>>

/** A format in words, as they stand behind a variable's name: `first item, upper case, or “none”`. */
export function wordsOf({ steps, ifEmpty }: Omit<FormattedValue, 'reference'>): string {
  const words = steps.map(wordsOfStep)
  return [...words, ...(ifEmpty === undefined ? [] : [`or “${ifEmpty}”`])].join(', ')
}

function wordsOfStep(step: FormatStep): string {
  switch (step.kind) {
    case 'join':
      return step.separator === '' ? 'joined' : `joined with “${step.separator}”`
    case 'date':
      return `as ${step.pattern}`
    case 'round':
      return step.digits === 0 ? 'rounded' : `rounded to ${counted(step.digits, 'digit')}`
    case 'trim':
      return 'trimmed'
    case 'json':
      return 'as JSON'
    default:
      return stepNames[step.kind].toLowerCase()
  }
}
