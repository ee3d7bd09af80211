import {
  dataPortsOf,
  describeType,
  fieldsOf,
  formatReference,
  isAssignable,
  keepInVariable,
  required,
  rulesOf,
  setProperty,
  setPropertyPart,
  titleOf,
  typeAt,
  whyNotKeep,
  type DataPort,
  type Flow,
  type Registry,
  type ScopeVariable,
  type Type,
} from '@millrace/flow'
import { scopesIn } from '../document/scopes-in.ts'
import type { WireChoice } from './wire-choice.ts'

/** A wire from an output's dot to an input's. */
export interface BindingWire {
  readonly fromNodeId: string
  /** The key of the output. */
  readonly output: string
  readonly toNodeId: string
  /** The id of the data port. */
  readonly input: string
}

/**
 * The ways to bind an input to an output: to it, to one of its fields where it does not fit itself,
 * or, where it is out of reach, to a flow variable that keeps it.
 */
export function bindingChoices(
  flow: Flow,
  registry: Registry,
  wire: BindingWire,
): readonly WireChoice[] {
  const read = readWire(flow, registry, wire)
  if (read === undefined || refusalIn(flow, registry, read) !== undefined) return []
  const { variable, input, isInReach } = read
  const paths = pathsThatFit(variable.type, input.type)
  const isWhole = paths[0]?.length === 0
  return paths.map((path): WireChoice => {
    const reference = (name: string) => formatReference({ variable: name, path })
    if (isInReach) {
      const type = describeType(typeAt(variable.type, path) ?? 'any')
      const label = isWhole ? `Bind ${input.label}` : `Bind ${reference(variable.name)} · ${type}`
      const apply = (current: Flow) =>
        bind(current, registry, read, { $ref: reference(variable.name) })
      return { label, hint: undefined, asks: false, apply }
    }
    const part = path.length === 0 ? '' : `, and take ${reference(variable.name)} of it`
    return {
      label: `Keep it in a flow variable${part}`,
      hint: `“${read.targetTitle}” cannot see “${variable.name}”. A “Set variable” node after “${read.sourceTitle}” keeps it for the rest of the flow.`,
      asks: true,
      apply: (current) => {
        const kept = keepInVariable(current, registry, variable)
        if (kept === undefined) return current
        return bind(kept.flow, registry, read, { $ref: reference(kept.name) })
      },
    }
  })
}

/** Why an input cannot be bound to an output, in words; `undefined` when there is a way. */
export function whyNotBind(flow: Flow, registry: Registry, wire: BindingWire): string | undefined {
  const read = readWire(flow, registry, wire)
  return read === undefined ? 'These two do not fit each other.' : refusalIn(flow, registry, read)
}

interface ReadWire {
  readonly variable: ScopeVariable
  readonly input: DataPort
  readonly targetId: string
  readonly targetTitle: string
  readonly sourceTitle: string
  readonly isInReach: boolean
}

function readWire(flow: Flow, registry: Registry, wire: BindingWire): ReadWire | undefined {
  const source = flow.nodes.find(({ id }) => id === wire.fromNodeId)
  const target = flow.nodes.find(({ id }) => id === wire.toNodeId)
  const definition = target && registry.nodes.get(target.type)
  if (source === undefined || target === undefined || definition === undefined) return undefined
  const scopes = scopesIn(flow, registry)
  const output = scopes.outputsOf(source.id).find(({ key }) => key === wire.output)
  const input = dataPortsOf(definition, target).find(({ id }) => id === wire.input)
  if (output === undefined || input === undefined) return undefined
  const found = scopes.visibleAt(target.id).find(output.name)
  const origin = { kind: 'output', nodeId: source.id } as const
  return {
    variable: { name: output.name, type: output.type, origin },
    input,
    targetId: target.id,
    targetTitle: titleOf(target, definition),
    sourceTitle: titleOf(source, registry.nodes.get(source.type)),
    isInReach: found?.origin.kind === 'output' && found.origin.nodeId === source.id,
  }
}

function refusalIn(flow: Flow, registry: Registry, read: ReadWire): string | undefined {
  const { variable, input, targetId } = read
  if (input.path.length === 0 && !rulesOf(input.property).bindings.includes('reference')) {
    return `"${input.label}" takes no variable.`
  }
  const whyOutOfReach = read.isInReach
    ? undefined
    : whyNotKeep(flow, registry, { variable, nodeId: targetId })
  if (whyOutOfReach !== undefined) return `"${variable.name}" is out of reach: ${whyOutOfReach}`
  if (pathsThatFit(variable.type, input.type).length > 0) return undefined
  return `"${input.label}" takes ${inWords(input.type)}, and "${variable.name}" is ${inWords(variable.type)}.`
}

function bind(
  flow: Flow,
  registry: Registry,
  { targetId, input }: ReadWire,
  value: { readonly $ref: string },
): Flow {
  const edit = { nodeId: targetId, key: input.key, value: { ...value } }
  return input.path.length === 0
    ? setProperty(flow, registry, edit)
    : setPropertyPart(flow, { ...edit, path: input.path })
}

/** At most so many fields are offered. */
const maxFields = 12
/** So far into a record fields are looked for. */
const maxSteps = 3

/** The empty path where the type fits itself, else those of its fields that fit, nearest first. */
export function pathsThatFit(type: Type, wanted: Type): readonly (readonly string[])[] {
  if (isAssignable(type, wanted)) return [[]]
  const found: (readonly string[])[] = []
  const pending: { readonly type: Type; readonly path: readonly string[] }[] = [{ type, path: [] }]
  for (const { type: outer, path } of pending) {
    for (const [name, field] of Object.entries(fieldsOf(required(outer)) ?? {})) {
      const inner = [...path, name]
      if (isAssignable(field, wanted)) found.push(inner)
      else if (inner.length < maxSteps) pending.push({ type: field, path: inner })
    }
  }
  return found.slice(0, maxFields)
}

/** A type in a sentence for somebody who does not program. */
function inWords(type: Type): string {
  const inner = required(type)
  if (inner === 'any') return 'anything'
  if (inner === 'text') return 'text'
  if (inner === 'boolean') return 'yes or no'
  if (typeof inner === 'object') return 'list' in inner ? 'a list' : 'a record'
  const words = inner.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`
}
