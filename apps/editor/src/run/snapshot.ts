import { initialRunState, isRecord, type NodeState, type RunState } from '@millrace/flow'

/** A run state as it travels in a `snapshot` frame: with its maps as objects. */
export function runStateOf(state: Readonly<Record<string, unknown>>): RunState {
  const { nodes, visits, ...rest } = state
  return {
    ...initialRunState,
    ...rest,
    // Our own server wrote these from a `RunState` of the same version.
    nodes: new Map(entriesOf(nodes) as [string, NodeState][]),
    visits: new Map(
      entriesOf(visits).map(([visit, nodeId]) => [Number(visit), nodeId]) as [number, string][],
    ),
  }
}

function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : []
}
