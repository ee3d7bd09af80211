import type { VariableUse } from '../api/variables-api.ts'

/** The connections that hold a variable, as a sentence names them. */
export function namesOf(uses: readonly VariableUse[]): string {
  return new Intl.ListFormat('en').format(uses.map(({ name }) => `“${name}”`))
}

/** What deleting a variable does. */
export function deletionWords(uses: readonly VariableUse[]): string {
  if (uses.length === 0) return 'No connection uses it. Its values are deleted with it.'
  const they = uses.length === 1 ? 'uses it, and' : 'use it, and'
  return `${namesOf(uses)} ${they} cannot be opened until it has a value again. Its values are deleted with it.`
}

/** What changing a variable means for secrets; `undefined` when it guides none. */
export function guidanceWords(uses: readonly VariableUse[]): string | undefined {
  const guided = uses.filter(({ guidesSecrets }) => guidesSecrets)
  if (guided.length === 0) return undefined
  const whose = guided.length === 1 ? 'its secrets' : 'their secrets'
  return `It is part of where ${namesOf(guided)} ${guided.length === 1 ? 'leads' : 'lead'}: with another value, ${whose} go there.`
}
