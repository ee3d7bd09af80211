import {
  describeType,
  execPortsOf,
  type BlockRun,
  type DeclaredVariable,
  type ErrorShape,
  type FlowNode,
  type FlowScopes,
  type NodeDefinition,
  type RunCall,
  type RunEventOf,
  type RunVisit,
  type RunVisits,
} from '@millrace/flow'
import { counted } from '../ui/counted.ts'
import { known, unknown, type KnownValue } from './known-value.ts'

/** One thing to look at in a visit: a port of the node, or what it did. */
export interface NodePart {
  /** Unique in the node, and the same in each of its visits. */
  readonly id: string
  readonly group: PartGroup
  readonly name: string
  /** Its type, or how much there is. */
  readonly hint: string
  readonly content: PartContent
}

/** The groups of parts, in the order in which they are listed. */
export const partGroups = ['In', 'Out', 'Attachments', 'Run'] as const

export type PartGroup = (typeof partGroups)[number]

export type PartContent =
  | { readonly kind: 'value'; readonly value: KnownValue }
  /** One value for each time: of a loop's variable, a streamed piece, a value for the client. */
  | { readonly kind: 'iterations'; readonly whole?: unknown; readonly items: readonly Iteration[] }
  | { readonly kind: 'calls'; readonly calls: readonly RunCall[] }
  | { readonly kind: 'log'; readonly lines: readonly RunEventOf<'node-log'>[] }
  | { readonly kind: 'error'; readonly error: ErrorShape }
  | { readonly kind: 'times' }
  /** The visits of an attached resource under this one. */
  | { readonly kind: 'visits'; readonly visits: readonly RunVisit[] }

/** One time of several. */
export interface Iteration {
  readonly number: number
  /** Epoch milliseconds. */
  readonly at: number
  readonly value: KnownValue
}

export interface PartsOptions {
  readonly node: FlowNode
  readonly definition: NodeDefinition
  readonly scopes: Pick<FlowScopes, 'outputsOf' | 'blockVariablesOf'>
  readonly visit: RunVisit
  readonly visits: RunVisits
}

/** All that there is to look at in one visit of a node. */
export function partsOf(options: PartsOptions): readonly NodePart[] {
  return [
    ...inputParts(options),
    ...outputParts(options),
    ...attachedParts(options),
    ...doneParts(options),
  ]
}

/** The part to begin with: why it failed, else what it gave, else what it did or was given. */
export function firstPart(parts: readonly NodePart[]): NodePart | undefined {
  return (
    parts.find(({ content }) => content.kind === 'error') ??
    parts.find(({ group }) => group === 'Out') ??
    parts.find(({ id }) => id === 'yields') ??
    parts.find(({ group }) => group === 'In') ??
    parts[0]
  )
}

function doneParts({ visit }: PartsOptions): readonly NodePart[] {
  const { error, calls, logs, yields, deltas } = visit
  const part = (id: string, name: string, hint: string, content: PartContent): NodePart => {
    return { id, group: 'Run', name, hint, content }
  }
  return [
    ...(error === undefined ? [] : [part('error', 'Error', '', { kind: 'error', error })]),
    ...(calls.length === 0
      ? []
      : [part('calls', callsName(calls), String(calls.length), { kind: 'calls', calls })]),
    ...(deltas.length === 0
      ? []
      : [
          part('stream', 'Streamed text', counted(deltas.length, 'piece'), {
            kind: 'iterations',
            whole: deltas.map(({ delta }) => delta).join(''),
            items: deltas.map(({ delta, at }, index) => iteration(index, at, known(delta))),
          }),
        ]),
    ...(yields.length === 0
      ? []
      : [
          part('yields', 'Sent to the client', counted(yields.length, 'value'), {
            kind: 'iterations',
            items: yields.map(({ value, at }, index) => iteration(index, at, known(value))),
          }),
        ]),
    ...(logs.length === 0
      ? []
      : [part('log', 'Log', String(logs.length), { kind: 'log', lines: logs })]),
    part('times', 'Times', '', { kind: 'times' }),
  ]
}

function iteration(index: number, at: number, value: KnownValue): Iteration {
  return { number: index + 1, at, value }
}

function callsName(calls: readonly RunCall[]): string {
  const [first, ...others] = new Set(calls.map(({ kind }) => kind))
  if (first === undefined || others.length > 0) return 'Calls'
  return { model: 'Model calls', query: 'Queries', request: 'Requests', flow: 'Flow calls' }[first]
}

function inputParts({ node, definition, visit }: PartsOptions): readonly NodePart[] {
  const { input, error } = visit
  return Object.entries(definition.properties).flatMap(([key, { label, kind }]): NodePart[] => {
    // A name is no value that flows.
    if (kind === 'variableName') return []
    const isGiven = input?.[key] !== undefined
    const isSet = node.properties?.[key] !== undefined
    if (!isGiven && !isSet) return []
    const value = isGiven
      ? known(input[key])
      : input === undefined
        ? unknown('notRecorded')
        : unknown(error?.property === key || error !== undefined ? 'failed' : 'notGiven')
    return [
      { id: `in:${key}`, group: 'In', name: label, hint: '', content: { kind: 'value', value } },
    ]
  })
}

function outputParts({ node, definition, scopes, visit }: PartsOptions): readonly NodePart[] {
  const outputs = scopes.outputsOf(node.id).map((variable): NodePart => ({
    ...outPart(`out:${variable.name}`, variable),
    content: { kind: 'value', value: outputOf(visit, variable.name) },
  }))
  const blocks = execPortsOf(definition, node).flatMap(({ id: port, isLoop }) => {
    const runs = visit.blocks.get(port) ?? []
    return scopes.blockVariablesOf(node.id, port).map((variable): NodePart => ({
      ...outPart(`block:${port}:${variable.name}`, variable),
      content: isLoop
        ? { kind: 'iterations', items: runs.map((run, index) => entryOf(run, index, variable)) }
        : { kind: 'value', value: enteredValue(runs.at(-1), visit, variable) },
    }))
  })
  return [...outputs, ...blocks, ...assignedPart(visit)]
}

function assignedPart({ variables = {} }: RunVisit): readonly NodePart[] {
  const count = Object.keys(variables).length
  if (count === 0) return []
  const content: PartContent = { kind: 'value', value: known(variables) }
  return [
    { id: 'assigned', group: 'Out', name: 'Flow variables set', hint: String(count), content },
  ]
}

function outPart(id: string, { name, type }: DeclaredVariable): Omit<NodePart, 'content'> {
  return { id, group: 'Out', name, hint: describeType(type) }
}

function outputOf({ outputs, status }: RunVisit, name: string): KnownValue {
  if (outputs !== undefined) return known(outputs[name] ?? null)
  switch (status) {
    case 'running':
      return unknown('notYet')
    case 'failed':
    case 'caught':
      return unknown('failed')
    case 'skipped':
      return unknown('skipped')
    case 'cancelled':
      return unknown('stopped')
    case 'completed':
    case 'pinned':
      return unknown('notRecorded')
  }
}

function entryOf(run: BlockRun, index: number, { name }: DeclaredVariable): Iteration {
  const value = run.values === undefined ? unknown('notRecorded') : known(run.values[name] ?? null)
  return { number: run.iteration ?? index + 1, at: run.startedAt, value }
}

function enteredValue(
  run: BlockRun | undefined,
  { isDetailed }: RunVisit,
  { name }: DeclaredVariable,
): KnownValue {
  if (run?.values !== undefined) return known(run.values[name] ?? null)
  return unknown(isDetailed && run === undefined ? 'notGiven' : 'notRecorded')
}

function attachedParts({ definition, visit, visits }: PartsOptions): readonly NodePart[] {
  const ports = Object.entries(definition.attachments ?? {})
  if (ports.length === 0) return []
  const inner = [...visits.all.values()].filter(({ parent }) => parent === visit.visit)
  return ports.flatMap(([port, { label }]): NodePart[] => {
    const own = inner.filter((one) => one.port === port)
    if (own.length === 0) return []
    const hint = counted(own.length, 'call')
    return [
      {
        id: `attached:${port}`,
        group: 'Attachments',
        name: label,
        hint,
        content: { kind: 'visits', visits: own },
      },
    ]
  })
}
