import { toSlug, uniqueName, type Flow, type FlowTests, type Registry } from '@millrace/flow'
import { withNames, type NewNames } from './with-names.ts'

/** A flow to store: under an id that is free, or over the one that has it. */
export interface PlannedFlow {
  readonly change: 'create' | 'replace'
  readonly flow: Flow
  readonly tests: FlowTests | undefined
}

interface Import {
  readonly flows: readonly Flow[]
  readonly tests: readonly FlowTests[]
  /** The ids of flows whose place on this server the imported one takes. */
  readonly replacedIds: ReadonlySet<string>
  readonly connections: NewNames['connections']
  /** The ids of the flows of this server. */
  readonly takenIds: ReadonlySet<string>
  readonly registry: Registry
}

/**
 * What an import stores. A flow keeps its id where that is free; the flows of one import that call
 * each other still do when one of them got another.
 */
export function planImport(wanted: Import): readonly PlannedFlow[] {
  const taken = new Set(wanted.takenIds)
  const planned = wanted.flows.map((flow) => {
    const isReplaced = wanted.replacedIds.has(flow.id) && wanted.takenIds.has(flow.id)
    const id = isReplaced ? flow.id : freeId(flow, taken)
    taken.add(id)
    return { flow, id, change: isReplaced ? ('replace' as const) : ('create' as const) }
  })
  const flows = new Map(planned.map(({ flow, id }) => [flow.id, id]))
  return planned.map(({ flow, id, change }) => {
    const tests = wanted.tests.find((one) => one.flow === flow.id)
    return {
      change,
      flow: withNames({ ...flow, id }, wanted.registry, { connections: wanted.connections, flows }),
      tests: tests === undefined ? undefined : { ...tests, flow: id },
    }
  })
}

function freeId(flow: Flow, taken: ReadonlySet<string>): string {
  if (!taken.has(flow.id)) return flow.id
  const stem = toSlug(flow.name).slice(0, 56) || 'flow'
  return uniqueName(stem, taken)
}
