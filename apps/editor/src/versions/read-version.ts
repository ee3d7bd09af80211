import { migrateNodes, parseFlow, type Flow } from '@millrace/flow'
import { ApiError } from '../api/api-error.ts'
import { readRevision } from '../api/revisions-api.ts'
import { registry } from '../registry.ts'

/** A flow as it was saved once, as this editor reads it. Throws an `ApiError` when it cannot. */
export async function readVersion(
  flowId: string,
  revision: string,
  signal?: AbortSignal,
): Promise<Flow> {
  const parsed = parseFlow(await readRevision(flowId, revision, signal))
  switch (parsed.status) {
    case 'flow':
      return migrateNodes(parsed.flow, registry)
    case 'newer':
      throw new ApiError(
        'unreadable',
        'A newer Millrace wrote this version. Update Millrace to see it.',
      )
    case 'malformed':
      throw new ApiError('unreadable', 'This version is damaged. It is kept, but cannot be shown.')
  }
}
