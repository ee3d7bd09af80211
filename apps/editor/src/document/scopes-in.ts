import { hasSameScopes, scopesOf, type Flow, type Registry, type ScopedFlow } from '@millrace/flow'
import { onExpressionsLoaded } from '../expressions/expressions-on-demand.ts'

/** By each known state of a flow, the first one that had its scopes. */
let firstWithScopes = new WeakMap<Flow, ScopedFlow>()
/** The state of a flow that was looked at last. */
let last: Flow | undefined

// Only then has an expression a type.
onExpressionsLoaded(() => {
  firstWithScopes = new WeakMap()
  last = undefined
})

/**
 * The scopes of a flow. Canvas and panel ask again and again, of one state after another: they are
 * worked out anew where what they depend on has changed.
 */
export function scopesIn(flow: Flow, registry: Registry): ScopedFlow['scopes'] {
  const first = firstWithScopes.get(shapeOf(flow, registry))
  if (first !== undefined) return first.scopes
  const scopes = scopesOf(flow, registry)
  firstWithScopes.set(flow, { flow, scopes })
  last = flow
  return scopes
}

/**
 * The earliest state known of the flow that has its scopes: the same object, while somebody types
 * what other nodes cannot see. Cheap: a flow whose scopes are not known is its own.
 */
export function shapeOf(flow: Flow, registry: Registry): Flow {
  const known = firstWithScopes.get(flow)
  if (known !== undefined) return known.flow
  const before = last === undefined ? undefined : firstWithScopes.get(last)
  if (last === undefined || before === undefined) return flow
  // Against the last state, in which fewer nodes differ than in the first.
  if (!hasSameScopes({ flow: last, scopes: before.scopes }, flow, registry)) return flow
  firstWithScopes.set(flow, before)
  last = flow
  return before.flow
}
