import { nearestName } from './name.ts'

/** A question for the name that was meant, from the first names in which one is near. */
export type Suggest = (name: string, ...known: readonly Iterable<string>[]) => string

/** Answers so many questions, and then no more: to compare names takes longer than all the rest. */
export function createSuggest(questions: number): Suggest {
  let left = questions
  return (name, ...known) => {
    if (left <= 0) return ''
    left -= 1
    for (const names of known) {
      const nearest = nearestName(name, names)
      if (nearest !== undefined) return didYouMean(nearest)
    }
    return ''
  }
}

/** What follows the sentence about a name that is none. */
export function didYouMean(name: string): string {
  return ` Did you mean "${name}"?`
}
