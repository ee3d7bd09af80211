import {
  isRecord,
  titleOf,
  type Flow,
  type FlowNode,
  type JsonValue,
  type NodeDefinition,
  type Registry,
} from '@millrace/flow'
import { isFrame } from '../canvas/notes.ts'
import type { FlowTab } from '../properties/flow-panel.ts'
import { declaredBy } from './declared-by.ts'

/** Where in a flow something stands. */
export type FoundPlace =
  | { readonly kind: 'node'; readonly nodeId: string; readonly property?: string }
  | { readonly kind: 'note'; readonly noteId: string }
  | { readonly kind: 'flow'; readonly tab: FlowTab }

/** A text that can be found in a flow. */
export interface SearchableText {
  readonly place: FoundPlace
  /** What the text is of its place: `Title`, `System prompt`, `Note`. */
  readonly what: string
  readonly text: string
  /** The same in lower case, kept: a search reads thousands of them. */
  readonly lower: string
}

const known = new WeakMap<FlowNode, readonly SearchableText[]>()

/** The texts of a node. Nodes never change, so one is read once, and after an edit only the edited. */
export function textsOfNode(node: FlowNode, registry: Registry): readonly SearchableText[] {
  const texts = known.get(node) ?? readNode(node, registry.nodes.get(node.type))
  known.set(node, texts)
  return texts
}

/** The texts of what belongs to no node: name, variables and notes. */
export function textsOfFlow(flow: Flow): readonly SearchableText[] {
  const place = { kind: 'flow', tab: 'settings' } as const
  const variables = { kind: 'flow', tab: 'variables' } as const
  return [
    searchable(place, 'Name of the flow', flow.name),
    ...optional(place, 'Description', flow.description),
    ...(flow.variables ?? []).flatMap(({ name, description, value }) => [
      searchable(variables, 'Variable', name),
      ...optional(variables, `Description of ${name}`, description),
      ...leavesOf(value).map((leaf) => searchable(variables, `Value of ${name}`, leaf)),
    ]),
    ...(flow.layout?.notes ?? []).map((note) => {
      const what = isFrame(note) ? 'Frame' : 'Note'
      return searchable({ kind: 'note', noteId: note.id }, what, note.text)
    }),
  ]
}

/** A text of a place, to be found. */
export function searchable(place: FoundPlace, what: string, text: string): SearchableText {
  return { place, what, text, lower: text.toLowerCase() }
}

function readNode(
  node: FlowNode,
  definition: NodeDefinition | undefined,
): readonly SearchableText[] {
  const place = { kind: 'node', nodeId: node.id } as const
  const title = titleOf(node, definition)
  const kind = [definition?.system, definition?.title === title ? '' : definition?.title]
  return [
    searchable(place, 'Title', title),
    searchable(place, 'Type', [...kind, node.type].filter(Boolean).join(' · ')),
    searchable(place, 'Id', node.id),
    ...optional(place, 'Description', node.description),
    ...Object.entries(node.properties ?? {}).flatMap(([property, value]) => {
      const what = definition?.properties[property]?.label ?? property
      return leavesOf(value).map((leaf) => searchable({ ...place, property }, what, leaf))
    }),
    ...(definition === undefined ? [] : namesByDefault(node, definition)),
  ]
}

/** The names of variables that a node declares without anybody having typed them. */
function namesByDefault(node: FlowNode, definition: NodeDefinition): readonly SearchableText[] {
  return declaredBy(node, definition)
    .filter(({ nameFrom }) => node.properties?.[nameFrom] === undefined)
    .map(({ name, nameFrom }) => {
      const what = definition.properties[nameFrom]?.label ?? nameFrom
      return searchable({ kind: 'node', nodeId: node.id, property: nameFrom }, what, name)
    })
}

/** The texts in a value; a text with references reads as one. */
function leavesOf(value: JsonValue | undefined): readonly string[] {
  if (value === undefined || value === null) return []
  if (typeof value !== 'object') return [String(value)]
  if (Array.isArray(value)) return value.flatMap(leavesOf)
  const parts = isRecord(value) ? value['$text'] : undefined
  if (Array.isArray(parts)) return [parts.map(partText).join('')]
  return Object.values(value as { readonly [key: string]: JsonValue }).flatMap(leavesOf) // JSON is JSON within
}

function partText(part: unknown): string {
  if (typeof part === 'string') return part
  if (!isRecord(part)) return ''
  const value = part['$ref'] ?? part['$expr']
  return typeof value === 'string' ? value : ''
}

function optional(
  place: FoundPlace,
  what: string,
  text: string | undefined,
): readonly SearchableText[] {
  return text === undefined ? [] : [searchable(place, what, text)]
}
