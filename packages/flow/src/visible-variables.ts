import type { ScopeVariable } from './scope.ts'

/** The variables that may be referred to at one place of a flow. */
export interface VisibleVariables {
  find(name: string): ScopeVariable | undefined
  /** The variables of these names; where one is missing, also the latest ones, to suggest. */
  named(names: readonly string[]): readonly ScopeVariable[]
  /** At most this many, the one that was declared last in front. */
  latest(count: number): readonly ScopeVariable[]
  /** All of them, outermost first. */
  all(): readonly ScopeVariable[]
}

/** Of so many variables, the last ones declared, a suggestion is looked for. */
export const maxSuggested = 100

/** A variable in front of those that were visible when it was declared. */
interface Link {
  readonly variable: ScopeVariable
  readonly outer: Link | undefined
}

/** When, in the walk through a program, a variable is visible. */
interface Span {
  readonly variable: ScopeVariable
  readonly from: number
  until: number
}

/** A place in the walk. What is visible there is asked for later, when the walk is over. */
export interface Place {
  readonly moment: number
  readonly link: Link | undefined
}

/**
 * Which variable a name means where, in the walk through a program. Neither declaring a variable nor
 * finding one takes longer the more there are around it: a place shares its variables with the places
 * before it, and the spans of a name follow one another, since of one name one variable is visible.
 */
export class VariableSpans {
  readonly #spans = new Map<string, Span[]>()
  #moment = 0
  #link: Link | undefined

  /** What is visible now. */
  here(): Place {
    return { moment: this.#moment, link: this.#link }
  }

  /** Declares a variable; answers the one that has its name already, which then keeps it. */
  declare(variable: ScopeVariable): ScopeVariable | undefined {
    const spans = this.#spans.get(variable.name) ?? []
    const last = spans.at(-1)
    if (last?.until === Infinity) return last.variable
    this.#moment += 1
    spans.push({ variable, from: this.#moment, until: Infinity })
    this.#spans.set(variable.name, spans)
    this.#link = { variable, outer: this.#link }
    return undefined
  }

  /** Ends the block that began at a place: what was declared since is out of scope. */
  leave({ link }: Place): void {
    this.#moment += 1
    for (; this.#link !== link && this.#link !== undefined; this.#link = this.#link.outer) {
      const span = this.#spans.get(this.#link.variable.name)?.at(-1)
      if (span !== undefined) span.until = this.#moment
    }
  }

  /** The variables that are visible at a place. */
  at(place: Place): VisibleVariables {
    const find = (name: string) => this.#find(name, place.moment)
    const latest = (count: number) => [...linksOf(place.link, count)]
    return {
      find,
      latest,
      named(names) {
        const found = names.map(find)
        const isComplete = found.every((variable) => variable !== undefined)
        const known = found.filter((variable) => variable !== undefined)
        return isComplete ? known : [...latest(maxSuggested).toReversed(), ...known]
      },
      all: () => latest(Infinity).toReversed(),
    }
  }

  #find(name: string, moment: number): ScopeVariable | undefined {
    const spans = this.#spans.get(name) ?? []
    let [low, high] = [0, spans.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((spans[middle]?.until ?? 0) <= moment) low = middle + 1
      else high = middle
    }
    const span = spans[low]
    return span !== undefined && span.from <= moment ? span.variable : undefined
  }
}

function* linksOf(start: Link | undefined, count: number): Generator<ScopeVariable> {
  let left = count
  for (let link = start; link !== undefined && left > 0; link = link.outer) {
    left -= 1
    yield link.variable
  }
}
