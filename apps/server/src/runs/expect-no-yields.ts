import type { Plan } from '@millrace/engine'
import { FlowError } from '@millrace/flow'

interface Options {
  readonly planOf: (flowId: string) => Promise<Plan>
}

/**
 * Throws `flow_yields` for a flow that yields values, itself or through the flows that it runs,
 * however deep; nothing has run then. A flow that cannot be planned yields nothing.
 */
export async function expectNoYields(plan: Plan, { planOf }: Options): Promise<void> {
  const { id } = plan.flow
  const seen = new Set([id])
  const waiting = [plan]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.yields) throw yielding(id, next.flow.id)
    const called = next.handsOnYieldsOf.filter((flowId) => !seen.has(flowId))
    for (const flowId of called) {
      seen.add(flowId)
      const found = await planOf(flowId).catch(() => undefined)
      if (found !== undefined) waiting.push(found)
    }
  }
}

function yielding(id: string, through: string): FlowError {
  const how = through === id ? '' : `, through the flow "${through}"`
  return new FlowError(
    'flow_yields',
    `The flow "${id}" yields values while it runs${how}. Call POST /api/flows/${id}/stream instead.`,
  )
}
