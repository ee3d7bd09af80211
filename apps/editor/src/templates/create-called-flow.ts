import type { Flow } from '@millrace/flow'
import { toApiError } from '../api/api-error.ts'
import { createFlow, restoreFlow } from '../api/flows-api.ts'

/**
 * Makes a flow that a template calls. Such a flow is shared: whoever made it first, it is the one, and
 * one that was deleted comes back as it was, since a new one would take its way back.
 */
export async function createCalledFlow(flow: Flow): Promise<void> {
  const { listDeletedFlows } = await import('../api/flow-list-api.ts')
  const isDeleted = (await listDeletedFlows()).some(({ id }) => id === flow.id)
  try {
    await (isDeleted ? restoreFlow(flow.id) : createFlow(flow))
  } catch (thrown) {
    if (toApiError(thrown).code !== 'conflict') throw thrown
  }
}
