import type { Connections } from '../connections/connections.ts'
import type { PublicationStore } from '../environments/publication-store.ts'
import type { FlowStore } from '../flows/flow-store.ts'
import { toolTrigger } from './tool-of-plan.ts'

/** Of what lists of tools are made. */
interface Sources {
  readonly flows: FlowStore
  readonly publications: PublicationStore
  readonly connections: Connections
}

/** The same stores, of which `note` is told when a change of theirs may be one of some list of tools. */
export function noteToolChanges(
  { flows, publications, connections }: Sources,
  note: () => void,
): Sources {
  return {
    flows: noteOfFlows(flows, note),
    publications: {
      ...publications,
      publish: noted(publications.publish, note),
      unpublish: noted(publications.unpublish, note),
    },
    connections: {
      ...connections,
      // A flow that names a connection that is not there can not run, and is no tool.
      create: noted(connections.create, note),
      duplicate: noted(connections.duplicate, note),
      remove: noted(connections.remove, note),
    },
  }
}

/** Flows are saved all the time while somebody designs, and few of them are tools. */
function noteOfFlows(flows: FlowStore, note: () => void): FlowStore {
  return {
    ...flows,
    async create(id, text) {
      const flow = await flows.create(id, text)
      if (speaksOfTools(flow)) note()
      return flow
    },
    async save(id, change) {
      const before = await flows.find(id)
      const flow = await flows.save(id, change)
      if (speaksOfTools(flow) || (before !== undefined && speaksOfTools(before))) note()
      return flow
    },
    remove: noted(flows.remove, note),
    restore: noted(flows.restore, note),
  }
}

function speaksOfTools({ text }: { readonly text: string }): boolean {
  return text.includes(JSON.stringify(toolTrigger))
}

function noted<Arguments extends readonly unknown[], Result>(
  change: (...given: Arguments) => Promise<Result>,
  note: () => void,
): (...given: Arguments) => Promise<Result> {
  return async (...given) => {
    const result = await change(...given)
    note()
    return result
  }
}
