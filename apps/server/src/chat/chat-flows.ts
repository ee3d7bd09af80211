import { FlowError, type Flow } from '@millrace/flow'
import type { PlanFor } from '../environments/plan-for.ts'

/** What starts a flow for chats. */
export const chatTrigger = 'chat.trigger'

/** Whether chat clients can start a flow. */
export function startsByChat({ nodes }: Pick<Flow, 'nodes'>): boolean {
  return nodes.some(({ type }) => type === chatTrigger)
}

/** Plans of those flows alone that chat clients can start. The others are `not_found` to them. */
export function createChatPlans(planFor: PlanFor): PlanFor {
  return async (flowId, target) => {
    const planned = await planFor(flowId, target)
    if (startsByChat(planned.plan.flow)) return planned
    throw new FlowError(
      'not_found',
      `The flow "${flowId}" is not for chats: it has no Chat completion trigger. Add one, or call POST /api/flows/${flowId}/stream.`,
    )
  }
}
