import { parseFlow, setFlowFields, type Flow } from '@millrace/flow'
import { ApiError, toApiError } from '../api/api-error.ts'
import { readFlow, saveFlow } from '../api/flows-api.ts'

/** How often a change is made again on what somebody else saved meanwhile. */
const maxAttempts = 3

/**
 * Changes a flow of the server that is not open here. An edit that changes nothing saves nothing.
 * Fails with an `ApiError`.
 */
export async function editStoredFlow(id: string, edit: (flow: Flow) => Flow): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { document, revision } = await readFlow(id)
    const parsed = parseFlow(document)
    if (parsed.status !== 'flow') {
      throw new ApiError(
        'unreadable',
        `The flow “${id}” cannot be read here, so nothing of it can be changed.`,
      )
    }
    const edited = edit(parsed.flow)
    if (edited === parsed.flow) return
    try {
      await saveFlow(edited, revision)
      return
    } catch (thrown) {
      if (toApiError(thrown).code !== 'conflict' || attempt === maxAttempts) throw thrown
    }
  }
}

/** Gives a flow of the server that is not open here other fields. Fails with an `ApiError`. */
export async function setStoredFields(
  id: string,
  fieldsOf: (flow: Flow) => Partial<Pick<Flow, 'name' | 'tags'>>,
): Promise<void> {
  await editStoredFlow(id, (flow) => setFlowFields(flow, fieldsOf(flow)))
}
