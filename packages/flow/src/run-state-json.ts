import { initialRunState, type NodeState, type RunState } from './run-state.ts'

/** A run state as it travels: its maps as objects, by the same keys. */
export interface RunStateJson extends Omit<RunState, 'nodes' | 'visits'> {
  readonly nodes: Readonly<Record<string, NodeState>>
  readonly visits: Readonly<Record<string, string>>
}

/** The form in which a run state can be written as JSON. */
export function runStateToJson(state: RunState): RunStateJson {
  return {
    ...state,
    nodes: Object.fromEntries(state.nodes),
    visits: Object.fromEntries(state.visits),
  }
}

/** The run state again, in which later events can be taken; what an older sender left out is as at first. */
export function runStateFromJson(json: Partial<RunStateJson>): RunState {
  const { nodes = {}, visits = {}, ...rest } = json
  return {
    ...initialRunState,
    ...rest,
    nodes: new Map(Object.entries(nodes)),
    visits: new Map(Object.entries(visits).map(([visit, nodeId]) => [Number(visit), nodeId])),
  }
}
