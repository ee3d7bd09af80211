import {
  execPortsOf,
  titleOf,
  type Attachment,
  type Edge as FlowEdge,
  type Flow,
  type Registry,
} from '@millrace/flow'
import type { Edge } from '@xyflow/react'
import { attachInId, attachmentId, execInId, execOutId } from '../card-layout.ts'
import { attachmentEdgeId, execEdgeId } from '../edge-ids.ts'
import { isSameList } from './same-list.ts'

/** An exec edge. */
export type ExecEdge = Edge<
  {
    readonly edge: FlowEdge
    /** The name of the sub-block that it leads into, which its source runs: *For each message*. */
    readonly blockLabel: string | undefined
    /** The first nodes of its target's own sub-blocks: while one of them runs, the run is past here. */
    readonly inner: readonly string[]
  },
  'exec'
>
export type AttachmentEdge = Edge<{ readonly attachment: Attachment }, 'attachment'>
export type CanvasEdge = ExecEdge | AttachmentEdge

/** Derives React Flow's edges, with the same promise as `createNodeDeriver`. */
export function createEdgeDeriver(
  registry: Registry,
): (flow: Flow, selected: ReadonlySet<string>) => CanvasEdge[] {
  let known = new Map<string, CanvasEdge>()
  let edges: CanvasEdge[] = []
  return (flow, selected) => {
    const blocks = blockPortsOf(flow, registry)
    const titles = new Map(
      flow.nodes.map((node) => [node.id, titleOf(node, registry.nodes.get(node.type))]),
    )
    const inner = innerNodesOf(flow, blocks)
    const derived = [
      ...flow.edges.map((edge) => toExecEdge(edge, { blocks, inner, titles, selected })),
      ...(flow.attachments ?? []).map((attachment) =>
        toAttachmentEdge(attachment, { titles, selected }),
      ),
    ].map((edge) => {
      const before = known.get(edge.id)
      return before !== undefined && isSameEdge(before, edge) ? before : edge
    })
    if (isSameList(derived, edges)) return edges
    edges = derived
    known = new Map(edges.map((edge) => [edge.id, edge]))
    return edges
  }
}

type Titles = ReadonlyMap<string, string>

function toExecEdge(
  edge: FlowEdge,
  context: {
    readonly blocks: BlockLabels
    readonly inner: InnerNodes
    readonly titles: Titles
    readonly selected: ReadonlySet<string>
  },
): ExecEdge {
  const { blocks, inner, titles } = context
  const [source, port] = edge.from
  const id = execEdgeId(edge)
  return {
    id,
    type: 'exec',
    source,
    sourceHandle: execOutId(port),
    target: edge.to,
    targetHandle: execInId,
    selected: context.selected.has(id),
    ariaLabel: `Edge from ${titles.get(source) ?? source}, ${blocks.get(source)?.get(port) ?? port}, to ${titles.get(edge.to) ?? edge.to}`,
    data: {
      edge,
      blockLabel: blocks.get(source)?.get(port),
      inner: inner.get(edge.to) ?? noNodes,
    },
  }
}

function toAttachmentEdge(
  attachment: Attachment,
  context: { readonly titles: Titles; readonly selected: ReadonlySet<string> },
): AttachmentEdge {
  const { titles } = context
  const { host, resource } = attachment
  const id = attachmentEdgeId(attachment)
  return {
    id,
    type: 'attachment',
    source: host[0],
    sourceHandle: attachmentId(host[1]),
    target: resource,
    targetHandle: attachInId,
    selected: context.selected.has(id),
    ariaLabel: `${titles.get(resource) ?? resource} attached to ${titles.get(host[0]) ?? host[0]}`,
    data: { attachment },
  }
}

/** By node and exit. */
type BlockLabels = ReadonlyMap<string, ReadonlyMap<string, string>>

function blockPortsOf(flow: Flow, registry: Registry): BlockLabels {
  const blocks = new Map<string, ReadonlyMap<string, string>>()
  for (const node of flow.nodes) {
    const definition = registry.nodes.get(node.type)
    if (definition === undefined) continue
    const ports = execPortsOf(definition, node).filter(({ block }) => block !== undefined)
    if (ports.length > 0) blocks.set(node.id, new Map(ports.map(({ id, label }) => [id, label])))
  }
  return blocks
}

/** By node, the first nodes of its sub-blocks. */
type InnerNodes = ReadonlyMap<string, readonly string[]>

const noNodes: readonly string[] = []

function innerNodesOf(flow: Flow, blocks: BlockLabels): InnerNodes {
  const inner = new Map<string, string[]>()
  for (const { from, to } of flow.edges) {
    const [source, port] = from
    if (blocks.get(source)?.has(port) !== true) continue
    const known = inner.get(source)
    if (known === undefined) inner.set(source, [to])
    else known.push(to)
  }
  return inner
}

function isSameEdge(left: CanvasEdge, right: CanvasEdge): boolean {
  if (left.selected !== right.selected || left.ariaLabel !== right.ariaLabel) return false
  const { data: before } = left
  const { data: after } = right
  if (before === undefined || after === undefined) return false
  if ('attachment' in before) return 'attachment' in after && before.attachment === after.attachment
  return (
    'edge' in after &&
    before.edge === after.edge &&
    before.blockLabel === after.blockLabel &&
    before.inner.join() === after.inner.join()
  )
}
