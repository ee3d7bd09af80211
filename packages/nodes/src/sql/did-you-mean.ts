import type { FlowError } from '@millrace/flow'

/** Asks whether one of these was meant, the nearest first. */
export function didYouMean([first, ...others]: readonly string[]): string {
  return `Did you mean ${first}${others.length === 0 ? '' : `, or ${others.join(', ')}`}?`
}

/** The same error with the names that were most likely meant, where there are any. */
export function withSuggestions(error: FlowError, suggestions: readonly string[]): FlowError {
  if (suggestions.length === 0) return error
  return error.saying(`${error.message} ${didYouMean(suggestions)}`, { suggestions })
}
