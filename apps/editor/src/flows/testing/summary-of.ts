import type { FlowSummary } from '../../api/flow-list-api.ts'

/** A flow of the list, with what a test is about. */
export function summaryOf(id: string, fields: Partial<FlowSummary> = {}): FlowSummary {
  return {
    id,
    name: id,
    description: '',
    tags: [],
    revision: '1',
    updatedAt: new Date(0),
    deletedAt: undefined,
    status: 'flow',
    nodeCount: 0,
    nodeTypes: [],
    nodeTitles: [],
    errorCount: 0,
    lastRun: undefined,
    startsNextAt: undefined,
    published: [],
    ...fields,
  }
}
