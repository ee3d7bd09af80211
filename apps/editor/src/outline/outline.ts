import {
  execPortsOf,
  programOf,
  titleOf,
  type Block,
  type Flow,
  type FlowNode,
  type NodeDefinition,
  type Registry,
} from '@millrace/flow'
import { attachmentId, execOutId } from '../canvas/card-layout.ts'

/** A node with what belongs to it: its attachments, then its blocks. */
export interface NodeItem {
  readonly kind: 'node'
  readonly id: string
  readonly node: FlowNode
  readonly definition: NodeDefinition | undefined
  readonly title: string
  readonly children: readonly PlaceItem[]
}

/** A place of a node that others stand in: one of its blocks, or an attachment port. */
export interface PlaceItem {
  readonly kind: 'block' | 'attachment'
  readonly id: string
  readonly nodeId: string
  /** The id of its port on the card. */
  readonly portId: string
  readonly title: string
  readonly children: readonly NodeItem[]
}

/** A note of the canvas. */
export interface NoteItem {
  readonly kind: 'note'
  readonly id: string
  readonly noteId: string
  readonly title: string
  readonly children: readonly []
}

/** What the program does not hold: nodes that never run, and notes. */
export interface GroupItem {
  readonly kind: 'group'
  readonly id: string
  readonly title: string
  readonly children: readonly (NodeItem | NoteItem)[]
}

export type OutlineItem = NodeItem | PlaceItem | NoteItem | GroupItem

/** The flow as a tree that reads like a program: every node and every note stands in it once. */
export function outlineOf(flow: Flow, registry: Registry): readonly (NodeItem | GroupItem)[] {
  const program = programOf(flow, registry)
  const resources = Map.groupBy(program.parts.attachments, ({ host: [hostId] }) => hostId)
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]))
  const listed = new Set<string>()

  const entry = program.entry === undefined ? [] : itemsOf(program.entry)
  const chains = program.loose.flatMap(itemsOf)
  // What runs in a circle, and resources that no host takes with it.
  const attached = new Set(program.parts.attachments.map(({ resource }) => resource))
  const hostsFirst = program.parts.nodes.toSorted(
    (left, right) => Number(attached.has(left.id)) - Number(attached.has(right.id)),
  )
  const loose = [...chains, ...hostsFirst.flatMap((node) => itemOf(node, new Map()))]
  const notes = (flow.layout?.notes ?? []).map(noteItem)
  return [
    ...entry,
    ...(loose.length === 0 ? [] : [group('loose', 'Not connected', loose)]),
    ...(notes.length === 0 ? [] : [group('notes', 'Notes', notes)]),
  ]

  function itemsOf({ steps }: Block): readonly NodeItem[] {
    return steps.flatMap(({ node, blocks }) => itemOf(node, blocks))
  }

  function itemOf(node: FlowNode, blocks: ReadonlyMap<string, Block>): readonly NodeItem[] {
    if (listed.has(node.id)) return []
    listed.add(node.id)
    const definition = registry.nodes.get(node.type)
    const title = titleOf(node, definition)
    const children = [...attachmentsOf(node, definition), ...blocksOf(node, definition, blocks)]
    return [{ kind: 'node', id: nodeItemId(node.id), node, definition, title, children }]
  }

  function attachmentsOf(
    node: FlowNode,
    definition: NodeDefinition | undefined,
  ): readonly PlaceItem[] {
    const attached = Map.groupBy(resources.get(node.id) ?? [], ({ host: [, port] }) => port)
    const ports = definition?.attachments ?? {}
    return [...new Set([...Object.keys(ports), ...attached.keys()])].map((port) => {
      const ids = (attached.get(port) ?? []).map(({ resource }) => resource)
      const children = ids.flatMap((id) => {
        const resource = nodes.get(id)
        return resource === undefined ? [] : itemOf(resource, new Map())
      })
      const portId = attachmentId(port)
      return place('attachment', node.id, { portId, title: ports[port]?.label ?? port, children })
    })
  }

  function blocksOf(
    node: FlowNode,
    definition: NodeDefinition | undefined,
    blocks: ReadonlyMap<string, Block>,
  ): readonly PlaceItem[] {
    const ports =
      definition === undefined
        ? [...blocks.keys()].map((id) => ({ id, label: id }))
        : execPortsOf(definition, node).filter(({ block }) => block !== undefined)
    return ports.map(({ id, label }) => {
      const block = blocks.get(id)
      const children = block === undefined ? [] : itemsOf(block)
      return place('block', node.id, { portId: execOutId(id), title: label, children })
    })
  }
}

/** The id of a node's line. */
export function nodeItemId(nodeId: string): string {
  return `node:${nodeId}`
}

function place(
  kind: PlaceItem['kind'],
  nodeId: string,
  rest: Pick<PlaceItem, 'portId' | 'title' | 'children'>,
): PlaceItem {
  return { kind, id: `place:${nodeId}:${rest.portId}`, nodeId, ...rest }
}

function group(id: string, title: string, children: GroupItem['children']): GroupItem {
  return { kind: 'group', id: `group:${id}`, title, children }
}

function noteItem({ id, text }: { readonly id: string; readonly text: string }): NoteItem {
  const [firstLine = ''] = text.trim().split('\n')
  return {
    kind: 'note',
    id: `note:${id}`,
    noteId: id,
    title: firstLine === '' ? 'Empty note' : firstLine,
    children: [],
  }
}
