import type { ErrorShape } from './error.ts'
import { isRecord } from './json.ts'
import { callOf, type RunCall } from './run-call.ts'
import type { RunEvent, RunEventOf } from './run-event.ts'
import { statusOfEnd, type NodeStatus } from './run-state.ts'

type Values = Readonly<Record<string, unknown>>

/** One time that a node ran; of what is `undefined` nothing was recorded, or it has not come yet. */
export interface RunVisit {
  /** Unique in the run. */
  readonly visit: number
  /** `undefined` where its start was not recorded, as in a loop at trace `summary`. */
  readonly nodeId: string | undefined
  /** The visit that owns the block, or the host's for a resource. */
  readonly parent: number | undefined
  /** The exec-out whose block it runs in. */
  readonly port: string | undefined
  /** Which time that block ran, from 1; `undefined` where it is no loop's, or that was not recorded. */
  readonly iteration: number | undefined
  readonly status: NodeStatus
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly endedAt: number | undefined
  /** Whether inputs, outputs and requests were recorded when it started. */
  readonly isDetailed: boolean
  /** Its properties as they were worked out; empty for a node that has none. */
  readonly input: Values | undefined
  /** By the names of the variables; empty for a node that gives none. */
  readonly outputs: Values | undefined
  /** The flow variables that it set, with its blocks. */
  readonly variables: Values | undefined
  readonly error: ErrorShape | undefined
  readonly calls: readonly RunCall[]
  readonly logs: readonly RunEventOf<'node-log'>[]
  /** What it sent to the client. */
  readonly yields: readonly RunEventOf<'run-yield'>[]
  /** The text that it streamed, in the pieces in which it came. */
  readonly deltas: readonly RunEventOf<'node-delta'>[]
  /** How often its blocks ran, by exec-out, in order. */
  readonly blocks: ReadonlyMap<string, readonly BlockRun[]>
}

/** One time that a block of a node ran, as the nodes in it tell. */
export interface BlockRun {
  /** `undefined` for a block of no loop. */
  readonly iteration: number | undefined
  /** Epoch milliseconds at which its first node on record started. */
  readonly startedAt: number
  /** What the variables of the block held, by name; `undefined` where not recorded. */
  readonly values: Values | undefined
}

/** The visits of a run. */
export interface RunVisits {
  /** By number, in the order in which they were first heard of. */
  readonly all: ReadonlyMap<number, RunVisit>
  /** By node, in order. */
  readonly ofNode: ReadonlyMap<string, readonly RunVisit[]>
}

/** Reads the visits of a run out of its events, or out of the first so many of them. */
export function visitsOf(events: readonly RunEvent[]): RunVisits {
  const reading: Reading = { all: new Map(), failed: new Set(), isFull: false }
  for (const event of events) take(reading, event)
  const ofNode = new Map<string, Draft[]>()
  for (const visit of reading.all.values()) {
    if (visit.nodeId === undefined) continue
    const known = ofNode.get(visit.nodeId)
    if (known === undefined) ofNode.set(visit.nodeId, [visit])
    else known.push(visit)
  }
  return { all: reading.all, ofNode }
}

/** The visits around one, outermost first. */
export function visitsAround(visit: RunVisit, all: RunVisits['all']): readonly RunVisit[] {
  const owner = visit.parent === undefined ? undefined : all.get(visit.parent)
  return owner === undefined ? [] : [...visitsAround(owner, all), owner]
}

interface Draft extends RunVisit {
  status: NodeStatus
  endedAt: number | undefined
  input: Values | undefined
  outputs: Values | undefined
  variables: Values | undefined
  error: ErrorShape | undefined
  readonly calls: RunCall[]
  readonly logs: RunEventOf<'node-log'>[]
  readonly yields: RunEventOf<'run-yield'>[]
  readonly deltas: RunEventOf<'node-delta'>[]
  readonly blocks: Map<string, BlockRun[]>
}

interface Reading {
  readonly all: Map<number, Draft>
  /** Visits that failed, and of which it is not known yet whether something around them caught that. */
  readonly failed: Set<Draft>
  /** Whether everything is recorded at this point of the run. */
  isFull: boolean
}

function take(reading: Reading, event: RunEvent): void {
  switch (event.type) {
    case 'run-start':
      reading.isFull = event.trace === 'full'
      return
    case 'node-start':
      enterBlock(reading, event)
      reading.all.set(event.visit, started(event, reading.isFull))
      return
    case 'node-input':
      visitOf(reading, event.visit, event).input = event.values
      return
    case 'node-delta':
      visitOf(reading, event.visit, event).deltas.push(event)
      return
    case 'node-call': {
      const visit = visitOf(reading, event.visit, event)
      visit.calls.push(callOf(event, visit.nodeId ?? ''))
      return
    }
    case 'node-log':
      if (event.visit !== undefined) visitOf(reading, event.visit, event).logs.push(event)
      else reading.isFull = traceToldBy(event) ?? reading.isFull
      return
    case 'run-yield':
      visitOf(reading, event.visit, event).yields.push(event)
      return
    case 'node-end': {
      const visit = visitOf(reading, event.visit, event)
      visit.status = statusOfEnd(event)
      visit.endedAt = event.at
      visit.variables = event.variables
      visit.outputs = event.outputs ?? (reading.isFull && event.skipped !== true ? {} : undefined)
      catchFailuresIn(reading, event.visit)
      return
    }
    case 'node-error': {
      const visit = visitOf(reading, event.visit, event)
      visit.status = event.error.code === 'cancelled' ? 'cancelled' : 'failed'
      visit.endedAt = event.at
      visit.error = event.error
      if (visit.status === 'failed') reading.failed.add(visit)
      return
    }
    case 'run-end':
      endOpenVisits(reading, event.at)
      return
    default:
      // A newer sender's event is not ours to read.
      event satisfies never
  }
}

function started(event: RunEventOf<'node-start'>, isDetailed: boolean): Draft {
  const { visit, nodeId, parent, port, iteration, at } = event
  // A node without properties has no input event; that it is given nothing is known all the same.
  const input = isDetailed ? {} : undefined
  return { ...unknownVisit(visit, at), nodeId, parent, port, iteration, isDetailed, input }
}

/** The visit that an event tells of; one whose start is not on record is known from here on. */
function visitOf({ all }: Reading, visit: number, { at }: RunEvent): Draft {
  const known = all.get(visit) ?? unknownVisit(visit, at)
  all.set(visit, known)
  return known
}

function unknownVisit(visit: number, startedAt: number): Draft {
  return {
    visit,
    nodeId: undefined,
    parent: undefined,
    port: undefined,
    iteration: undefined,
    status: 'running',
    startedAt,
    endedAt: undefined,
    isDetailed: false,
    input: undefined,
    outputs: undefined,
    variables: undefined,
    error: undefined,
    calls: [],
    logs: [],
    yields: [],
    deltas: [],
    blocks: new Map(),
  }
}

/** A node in a block tells of a run of that block, if it is the first to do so. */
function enterBlock({ all }: Reading, event: RunEventOf<'node-start'>): void {
  const { parent, port, iteration, entered: values, at: startedAt } = event
  const owner = parent === undefined ? undefined : all.get(parent)
  if (owner === undefined || port === undefined) return
  const runs = owner.blocks.get(port) ?? []
  const last = runs.at(-1)
  if (last !== undefined && last.iteration === iteration && values === undefined) return
  owner.blocks.set(port, runs)
  runs.push({ iteration, startedAt, values })
}

/** A visit that ended well caught whatever failed inside it. */
function catchFailuresIn({ all, failed }: Reading, visit: number): void {
  for (const inner of failed) {
    if (!isInside(inner, visit, all)) continue
    inner.status = 'caught'
    failed.delete(inner)
  }
}

function isInside(inner: RunVisit, visit: number, all: RunVisits['all']): boolean {
  let { parent } = inner
  while (parent !== undefined && parent !== visit) parent = all.get(parent)?.parent
  return parent === visit
}

/** What a cut log left open did not go on running. */
function endOpenVisits({ all }: Reading, at: number): void {
  for (const visit of all.values()) {
    if (visit.status !== 'running') continue
    visit.status = visit.nodeId === undefined ? 'completed' : 'cancelled'
    visit.endedAt = at
  }
}

/** Whether everything is recorded from an event on, if it tells of that. */
function traceToldBy({ data }: RunEventOf<'node-log'>): boolean | undefined {
  return isRecord(data) && typeof data['trace'] === 'string' ? data['trace'] === 'full' : undefined
}
