import { toSlug, type Flow } from '@millrace/flow'
import { toApiError } from '../api/api-error.ts'
import { createFlow } from '../api/flows-api.ts'

/**
 * Stores a new flow under an id made of its name, with a number when that is taken; gives it as
 * stored. A deleted flow keeps its id: one that took it would take its way back, too.
 */
export async function createWithFreeId(flow: Flow): Promise<Flow> {
  const { listDeletedFlows } = await import('../api/flow-list-api.ts')
  const deletedIds = new Set((await listDeletedFlows()).map(({ id }) => id))
  const stem = toSlug(flow.name).slice(0, 56) || 'flow'
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stem : `${stem}-${number}`
    if (deletedIds.has(id)) continue
    const named = { ...flow, id }
    try {
      await createFlow(named)
      return named
    } catch (thrown) {
      if (toApiError(thrown).code !== 'conflict' || number >= 100) throw thrown
    }
  }
}
