import { nearestName } from './name.ts'

/** A question for the name that was meant, from the first names in which one is near. */
export type Suggest = (name: string, ...known: readonly Iterable<string>[]) => string | undefined

/** Answers so many questions, and then no more: to compare names takes longer than all the rest. */
export function createSuggest(questions: number): Suggest {
  let left = questions
  return (name, ...known) => {
    if (left <= 0) return undefined
    left -= 1
    for (const names of known) {
      const nearest = nearestName(name, names)
      if (nearest !== undefined) return nearest
    }
    return undefined
  }
}

/** What follows the sentence about a name that is none; nothing where no other is near. */
export function didYouMean(name: string | undefined): string {
  return name === undefined ? '' : ` Did you mean "${name}"?`
}
