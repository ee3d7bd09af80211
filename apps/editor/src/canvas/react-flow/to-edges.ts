import {
  execPortsOf,
  titleOf,
  type Attachment,
  type Edge as FlowEdge,
  type Flow,
  type FlowNode,
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
  const facesOf = createFaceReader(registry)
  let known = new Map<string, CanvasEdge>()
  let edges: CanvasEdge[] = []
  let last: readonly unknown[] = []
  return (flow, selected) => {
    const faces = facesOf(flow)
    const sources = [faces, flow.edges, flow.attachments, selected]
    // So it is at every keystroke in a property and every step of a drag.
    if (isSameList(sources, last)) return edges
    last = sources
    const inner = innerNodesOf(flow, faces)
    const derived = [
      ...flow.edges.map((edge) => toExecEdge(edge, { faces, inner, selected })),
      ...(flow.attachments ?? []).map((attachment) =>
        toAttachmentEdge(attachment, { faces, selected }),
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

/** What its edges tell of a node. */
interface Face {
  readonly title: string
  /** The names of its exits that lead into sub-blocks. */
  readonly blocks: ReadonlyMap<string, string>
}

/** By node. */
type Faces = ReadonlyMap<string, Face>

/** Reads the faces of nodes; answers the same ones as before while none of them looks different. */
function createFaceReader(registry: Registry): (flow: Flow) => Faces {
  let nodes: Flow['nodes'] = []
  let faces: Faces = new Map()
  return (flow) => {
    const before = nodes
    nodes = flow.nodes
    const isSame =
      nodes.length === before.length &&
      nodes.every((node, index) => {
        const known = before[index]
        if (known === node) return true
        const face = faces.get(node.id)
        return (
          known?.id === node.id && face !== undefined && isSameFace(face, faceOf(node, registry))
        )
      })
    if (!isSame) faces = new Map(nodes.map((node) => [node.id, faceOf(node, registry)]))
    return faces
  }
}

function faceOf(node: FlowNode, registry: Registry): Face {
  const definition = registry.nodes.get(node.type)
  const exits = definition === undefined ? [] : execPortsOf(definition, node)
  return {
    title: titleOf(node, definition),
    blocks: new Map(
      exits.filter(({ block }) => block !== undefined).map(({ id, label }) => [id, label]),
    ),
  }
}

function isSameFace(left: Face, right: Face): boolean {
  return left.title === right.title && isSameList([...left.blocks].flat(), [...right.blocks].flat())
}

function toExecEdge(
  edge: FlowEdge,
  context: {
    readonly faces: Faces
    readonly inner: InnerNodes
    readonly selected: ReadonlySet<string>
  },
): ExecEdge {
  const { faces, inner } = context
  const [source, port] = edge.from
  const from = faces.get(source)
  const blockLabel = from?.blocks.get(port)
  const id = execEdgeId(edge)
  return {
    id,
    type: 'exec',
    source,
    sourceHandle: execOutId(port),
    target: edge.to,
    targetHandle: execInId,
    selected: context.selected.has(id),
    ariaLabel: `Edge from ${from?.title ?? source}, ${blockLabel ?? port}, to ${faces.get(edge.to)?.title ?? edge.to}`,
    data: {
      edge,
      blockLabel,
      inner: inner.get(edge.to) ?? noNodes,
    },
  }
}

function toAttachmentEdge(
  attachment: Attachment,
  context: { readonly faces: Faces; readonly selected: ReadonlySet<string> },
): AttachmentEdge {
  const { faces } = context
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
    ariaLabel: `${faces.get(resource)?.title ?? resource} attached to ${faces.get(host[0])?.title ?? host[0]}`,
    data: { attachment },
  }
}

/** By node, the first nodes of its sub-blocks. */
type InnerNodes = ReadonlyMap<string, readonly string[]>

const noNodes: readonly string[] = []

function innerNodesOf(flow: Flow, faces: Faces): InnerNodes {
  const inner = new Map<string, string[]>()
  for (const { from, to } of flow.edges) {
    const [source, port] = from
    if (faces.get(source)?.blocks.has(port) !== true) continue
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
