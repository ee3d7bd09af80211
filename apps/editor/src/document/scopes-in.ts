import { scopesAfter, scopesOf, type Flow, type Registry, type ScopedFlow } from '@millrace/flow'
import { onExpressionsLoaded } from '../expressions/expressions-on-demand.ts'

let scopesByFlow = new WeakMap<Flow, ScopedFlow['scopes']>()
/** The state of a flow whose scopes were found last. */
let last: ScopedFlow | undefined

// Only then has an expression a type.
onExpressionsLoaded(() => {
  scopesByFlow = new WeakMap()
  last = undefined
})

/**
 * The scopes of a flow. Canvas and panel ask again and again, of one state after another: they are
 * worked out anew where what they depend on has changed.
 */
export function scopesIn(flow: Flow, registry: Registry): ScopedFlow['scopes'] {
  const known = scopesByFlow.get(flow)
  if (known !== undefined) return known
  const scopes = last === undefined ? scopesOf(flow, registry) : scopesAfter(last, flow, registry)
  scopesByFlow.set(flow, scopes)
  last = { flow, scopes }
  return scopes
}
