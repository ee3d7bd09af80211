import { scopesOf, type Flow, type FlowScopes, type Registry } from '@millrace/flow'

const scopesByFlow = new WeakMap<Flow, FlowScopes>()

/** The scopes of a flow, worked out once for each state of it: canvas and panel ask again and again. */
export function scopesIn(flow: Flow, registry: Registry): FlowScopes {
  const scopes = scopesByFlow.get(flow) ?? scopesOf(flow, registry)
  scopesByFlow.set(flow, scopes)
  return scopes
}
