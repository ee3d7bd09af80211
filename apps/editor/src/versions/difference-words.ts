import {
  excerptsOfChange,
  execPortsOf,
  titleOf,
  type Flow,
  type FlowChange,
  type FlowNode,
  type MergeConflict,
  type Move,
  type NodeDefinition,
  type Note,
  type Registry,
  type Rewiring,
} from '@millrace/flow'
import { settingLabels } from '../properties/setting-labels.ts'
import { changeOf, textOf } from './value-words.ts'

type Difference = FlowChange | Rewiring | Move
type NodeField = Extract<FlowChange, { readonly what: 'node'; readonly change: 'changed' }>['field']
type FlowField = Extract<FlowChange, { readonly what: 'flow' }>['field']

const flowLabels: Readonly<Record<FlowField, string>> = {
  $schema: 'Schema of the file',
  version: 'Version of the format',
  id: 'Id of the flow',
  name: 'Name of the flow',
  description: 'Description of the flow',
  tags: 'Tags',
}
const nodeLabels: Readonly<Record<NodeField, string>> = {
  type: 'Kind of node',
  version: 'Version of the node',
  title: 'Title',
  description: 'Description',
  disabled: 'Disabled',
}

/**
 * Says what differs between versions of a flow as the canvas and the forms do, by titles and labels.
 * An id stands only beside a title that several nodes have.
 */
export class DifferenceWords {
  readonly #registry: Registry
  readonly #nodes: ReadonlyMap<string, FlowNode>
  readonly #notes: ReadonlyMap<string, Note>
  readonly #shared: ReadonlySet<string>

  /** Of several versions the last one says what a thing is called. */
  constructor(versions: readonly Flow[], registry: Registry) {
    this.#registry = registry
    this.#nodes = new Map(versions.flatMap(({ nodes }) => nodes.map((node) => [node.id, node])))
    this.#notes = new Map(
      versions.flatMap(({ layout }) => (layout?.notes ?? []).map((note) => [note.id, note])),
    )
    const titles = [...this.#nodes.values()].map((node) => titleOf(node, this.#definitionOf(node)))
    this.#shared = new Set(titles.filter((title, index) => titles.indexOf(title) !== index))
  }

  /** What a line of a comparison says, beside its sign. */
  of(one: Difference): string {
    switch (one.what) {
      case 'flow':
        return `${flowLabels[one.field]}: ${changeOf(one)}`
      case 'setting':
        return `${settingLabels[one.key]}: ${changeOf(one)}`
      case 'variable':
        return one.change === 'changed'
          ? `Variable ${one.name} · ${capitalized(one.field)}: ${changeOf(one)}`
          : `Variable ${one.variable.name}`
      case 'variables':
        return `Variables in another order: ${one.after.join(', ')}`
      case 'rename': {
        const owner = one.nodeId === undefined ? 'Variable' : `${this.#node(one.nodeId)} · Variable`
        return `${owner} ${one.from} is named ${one.to}, everywhere`
      }
      case 'property':
        return `${this.#property(one.nodeId, one.key)}: ${changeOf(one)}`
      case 'notes':
        return 'Notes in another order'
      case 'edge':
        return `${this.#exit(one.edge.from)} → ${this.#node(one.edge.to)}`
      case 'attachment':
        return `${this.#node(one.attachment.resource)} at ${this.#attachment(one.attachment.host)}`
      case 'node':
        return this.#ofNode(one)
      case 'note':
        return this.#ofNote(one)
    }
  }

  /** What both versions changed, each in its way. */
  ofConflict(conflict: MergeConflict): string {
    switch (conflict.what) {
      case 'flow':
        return flowLabels[conflict.field as FlowField] ?? conflict.field // a part of the flow
      case 'setting':
        return settingLabels[conflict.field as keyof typeof settingLabels] ?? conflict.field // likewise
      case 'variable':
        return `Variable ${conflict.name} · ${capitalized(conflict.field)}`
      case 'deleted-variable':
        return `Variable ${conflict.name}: deleted in one, changed in the other`
      case 'property':
        return this.#property(conflict.nodeId, conflict.field)
      case 'node':
        return `${this.#node(conflict.nodeId)} · ${nodeLabels[conflict.field as NodeField] ?? conflict.field}` // likewise
      case 'deleted':
        return `${this.#node(conflict.nodeId)}: deleted in one, changed in the other`
      case 'note':
        return this.#note(conflict.noteId)
      case 'line': {
        const { from, port, to } = conflict
        return `${this.#exit([from.nodeId, port])} → ${this.#node(to.nodeId)}`
      }
    }
  }

  #ofNode(one: Extract<Difference, { readonly what: 'node' }>): string {
    const name = this.#node(one.nodeId)
    // One that only lies elsewhere stands below that heading.
    if (!('change' in one)) return name
    if (one.change === 'changed') {
      if (one.field === 'disabled')
        return `${name} · ${one.after === true ? 'Disabled' : 'Enabled'}`
      return `${name} · ${nodeLabels[one.field]}: ${changeOf(one)}`
    }
    const kind = this.#definitionOf(one.node)?.title ?? one.node.type
    return kind === one.title ? name : `${name} · ${kind}`
  }

  #ofNote(one: Extract<Difference, { readonly what: 'note' }>): string {
    if (!('change' in one)) return this.#note(one.noteId)
    if (one.change !== 'changed') return this.#note(one.note.id)
    if (one.field === 'text') return `Note: ${changeOf(one)}`
    return `${this.#note(one.noteId)} · ${capitalized(one.field)}: ${changeOf(one)}`
  }

  #node(nodeId: string): string {
    const node = this.#nodes.get(nodeId)
    if (node === undefined) return nodeId
    const title = titleOf(node, this.#definitionOf(node))
    return this.#shared.has(title) ? `${title} (${nodeId})` : title
  }

  #note(noteId: string): string {
    const text = this.#notes.get(noteId)?.text ?? ''
    return text === '' ? 'Note' : `Note ${textOf(excerptsOfChange(text, '')[0])}`
  }

  #property(nodeId: string, key: string): string {
    const label = this.#definition(nodeId)?.properties[key]?.label ?? key
    return `${this.#node(nodeId)} · ${label}`
  }

  /** A node that has one exit needs no word for it. */
  #exit([nodeId, port]: readonly [string, string]): string {
    const node = this.#nodes.get(nodeId)
    const definition = this.#definition(nodeId)
    const ports =
      node === undefined || definition === undefined ? [] : execPortsOf(definition, node)
    if (ports.length === 1) return this.#node(nodeId)
    return `${this.#node(nodeId)} · ${ports.find(({ id }) => id === port)?.label ?? port}`
  }

  #attachment([nodeId, port]: readonly [string, string]): string {
    const label = this.#definition(nodeId)?.attachments?.[port]?.label ?? port
    return `${this.#node(nodeId)} · ${label}`
  }

  #definition(nodeId: string): NodeDefinition | undefined {
    const node = this.#nodes.get(nodeId)
    return node === undefined ? undefined : this.#definitionOf(node)
  }

  #definitionOf(node: FlowNode): NodeDefinition | undefined {
    return this.#registry.nodes.get(node.type)
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
