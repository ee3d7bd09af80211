import type { ErrorShape } from './error.ts'
import { callOf, type RunCall } from './run-call.ts'
import {
  addUsage,
  type RunEvent,
  type RunEventOf,
  type RunOutcome,
  type Usage,
} from './run-event.ts'

/**
 * How a node stands in a run; what is `caught` failed, and the run went on around it; what is `pinned`
 * was given its outputs, and did not run.
 */
export type NodeStatus =
  | 'running'
  | 'completed'
  | 'failed'
  | 'caught'
  | 'skipped'
  | 'pinned'
  | 'cancelled'

/** What is known of one node in a run, over all its visits. */
export interface NodeState {
  readonly nodeId: string
  readonly status: NodeStatus
  /** How often it started. */
  readonly visits: number
  readonly lastVisit: number
  /** The visit that owns the block in which its last visit runs; `undefined` for the flow's own. */
  readonly parent: number | undefined
  /** Epoch milliseconds at which its last visit started, and ended. */
  readonly startedAt: number
  readonly endedAt: number | undefined
  /** The text that its last visit streamed, and in how many pieces; empty when not recorded. */
  readonly text: string
  readonly deltas: number
  readonly usage: Usage | null
  readonly error: ErrorShape | undefined
  /** Of the last visit; `undefined` where not recorded. */
  readonly input: Readonly<Record<string, unknown>> | undefined
  readonly outputs: Readonly<Record<string, unknown>> | undefined
  /** The flow variables that its last visit set, where recorded. */
  readonly variables: Readonly<Record<string, unknown>> | undefined
}

/** A run as its events tell it. Engine tests, the SDK and the canvas share this reducer. */
export interface RunState {
  readonly runId: string | undefined
  readonly flowId: string | undefined
  readonly status: 'pending' | 'running' | RunOutcome
  /** The number of the last event taken in; a stream is resumed after it. */
  readonly seq: number
  readonly startedAt: number | undefined
  readonly endedAt: number | undefined
  /** The run that this one runs again, and from which node. */
  readonly again: RunEventOf<'run-start'>['again']
  /** The node behind which it is to stop, and the one behind which it did. */
  readonly until: string | undefined
  readonly stoppedBehind: string | undefined
  readonly nodes: ReadonlyMap<string, NodeState>
  /** Which node each visit is of. */
  readonly visits: ReadonlyMap<number, string>
  readonly yields: readonly unknown[]
  /** In the order in which they were recorded. */
  readonly calls: readonly RunCall[]
  /** Epoch milliseconds at which the first value came. */
  readonly firstYieldAt: number | undefined
  /** Epoch milliseconds at which a model's last text before the first value came, where recorded. */
  readonly heardAt: number | undefined
  readonly result: unknown
  readonly error: ErrorShape | undefined
  readonly usage: Usage | null
}

/** A run of which nothing is known yet. */
export const initialRunState: RunState = {
  runId: undefined,
  flowId: undefined,
  status: 'pending',
  seq: 0,
  startedAt: undefined,
  endedAt: undefined,
  again: undefined,
  until: undefined,
  stoppedBehind: undefined,
  nodes: new Map(),
  visits: new Map(),
  yields: [],
  calls: [],
  firstYieldAt: undefined,
  heardAt: undefined,
  result: undefined,
  error: undefined,
  usage: null,
}

/** The state after some events. One call for a batch copies each collection once. */
export function applyEvents(state: RunState, events: readonly RunEvent[]): RunState {
  const draft: Draft = {
    ...state,
    nodes: new Map(state.nodes),
    visits: new Map(state.visits),
    yields: [...state.yields],
    calls: [...state.calls],
  }
  for (const event of events) if (event.seq > draft.seq) take(draft, event)
  return draft
}

/** The state after one event; an event that was taken in before changes nothing. */
export function applyEvent(state: RunState, event: RunEvent): RunState {
  return applyEvents(state, [event])
}

type Draft = {
  -readonly [K in keyof RunState]: RunState[K] extends ReadonlyMap<infer Key, infer Value>
    ? Map<Key, Value>
    : RunState[K] extends readonly (infer Item)[]
      ? Item[]
      : RunState[K]
}

function take(draft: Draft, event: RunEvent): void {
  draft.seq = event.seq
  switch (event.type) {
    case 'run-start':
      draft.runId = event.runId
      draft.flowId = event.flowId
      draft.status = 'running'
      draft.startedAt = event.at
      draft.again = event.again
      draft.until = event.until
      return
    case 'node-start':
      draft.visits.set(event.visit, event.nodeId)
      draft.nodes.set(event.nodeId, startNode(draft.nodes.get(event.nodeId), event))
      return
    case 'node-input':
      changeNode(draft, event.visit, () => ({ input: event.values }))
      return
    case 'node-delta':
      if (draft.firstYieldAt === undefined) draft.heardAt = event.at
      changeNode(draft, event.visit, (node) => ({
        text: node.text + event.delta,
        deltas: node.deltas + 1,
      }))
      return
    case 'node-call':
      draft.calls.push(callOf(event, draft.visits.get(event.visit) ?? ''))
      changeNode(draft, event.visit, (node) => ({
        usage: addUsage(node.usage, event.usage ?? null),
      }))
      return
    case 'node-end':
      changeNode(draft, event.visit, () => ({
        status: statusOfEnd(event),
        endedAt: event.at,
        outputs: event.outputs,
        variables: event.variables,
      }))
      catchFailuresIn(draft, event.visit)
      return
    case 'node-error':
      changeNode(draft, event.visit, () => ({
        status: event.error.code === 'cancelled' ? 'cancelled' : 'failed',
        endedAt: event.at,
        error: event.error,
      }))
      return
    case 'run-yield':
      draft.firstYieldAt ??= event.at
      draft.yields.push(event.value)
      return
    case 'run-end':
      endRun(draft, event)
      return
    case 'node-log':
      return
    default:
      // A newer sender's event: its number counts, the rest is not ours to read.
      event satisfies never
  }
}

function startNode(known: NodeState | undefined, event: RunEventOf<'node-start'>): NodeState {
  return {
    nodeId: event.nodeId,
    status: 'running',
    visits: (known?.visits ?? 0) + 1,
    lastVisit: event.visit,
    parent: event.parent,
    startedAt: event.at,
    endedAt: undefined,
    text: '',
    deltas: 0,
    usage: known?.usage ?? null,
    error: undefined,
    input: undefined,
    outputs: undefined,
    variables: undefined,
  }
}

/** How a visit stands that ended well. */
export function statusOfEnd({ skipped, pinned }: RunEventOf<'node-end'>): NodeStatus {
  if (skipped === true) return 'skipped'
  return pinned === true ? 'pinned' : 'completed'
}

function changeNode(
  draft: Draft,
  visit: number,
  change: (node: NodeState) => Partial<NodeState>,
): void {
  const nodeId = draft.visits.get(visit)
  const node = nodeId === undefined ? undefined : draft.nodes.get(nodeId)
  if (node === undefined || node.lastVisit !== visit) return
  draft.nodes.set(node.nodeId, { ...node, ...change(node) })
}

/** A visit that ended well caught whatever failed inside it. */
function catchFailuresIn(draft: Draft, visit: number): void {
  for (const node of draft.nodes.values()) {
    if (node.status !== 'failed' || !isInside(draft, node, visit)) continue
    draft.nodes.set(node.nodeId, { ...node, status: 'caught' })
  }
}

function isInside(draft: Draft, node: NodeState, visit: number): boolean {
  let parent = node.parent
  while (parent !== undefined && parent !== visit) {
    const owner = draft.nodes.get(draft.visits.get(parent) ?? '')
    parent = owner?.lastVisit === parent ? owner.parent : undefined
  }
  return parent === visit
}

function endRun(draft: Draft, event: RunEventOf<'run-end'>): void {
  draft.status = event.outcome
  draft.endedAt = event.at
  draft.result = event.result
  draft.error = event.error
  draft.usage = event.usage ?? null
  draft.stoppedBehind = event.until
  // What a cut log left open did not go on running.
  for (const node of draft.nodes.values()) {
    if (node.status === 'running') {
      draft.nodes.set(node.nodeId, { ...node, status: 'cancelled', endedAt: event.at })
    }
  }
}
