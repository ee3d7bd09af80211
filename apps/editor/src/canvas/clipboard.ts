import {
  isRecord,
  outputsOf,
  blockVariablesOf,
  execPortsOf,
  moveNodes,
  parseFlow,
  scopesOf,
  serializeFlow,
  setProperty,
  uniqueName,
  emptyFlow,
  type Flow,
  type Registry,
} from '@millrace/flow'
import { snap, type Point } from './placement.ts'

/**
 * Nodes travel over the system's clipboard as a flow document of their own, so what is copied can
 * be kept in a file, and any flow can be pasted. Connections go by name; no secret is ever in it.
 */

/** The text for the clipboard: the nodes, and the edges and attachments among them. */
export function copyNodes(flow: Flow, nodeIds: ReadonlySet<string>): string {
  return serializeFlow(partOf(flow, nodeIds))
}

function partOf(flow: Flow, nodeIds: ReadonlySet<string>): Flow {
  const places = Object.entries(flow.layout?.nodes ?? {}).filter(([id]) => nodeIds.has(id))
  return {
    ...emptyFlow(flow.id, flow.name),
    nodes: flow.nodes.filter(({ id }) => nodeIds.has(id)),
    edges: flow.edges.filter(({ from, to }) => nodeIds.has(from[0]) && nodeIds.has(to)),
    attachments: (flow.attachments ?? []).filter(
      ({ host, resource }) => nodeIds.has(host[0]) && nodeIds.has(resource),
    ),
    layout: { nodes: Object.fromEntries(places) },
  }
}

export type PasteResult =
  | { readonly status: 'pasted'; readonly flow: Flow; readonly nodeIds: readonly string[] }
  | { readonly status: 'refused'; readonly reason: string }

/**
 * Puts the nodes of a text into a flow, with free ids and free variable names; what refers to them
 * follows. `place` says where their corner goes, from the corner that they had.
 */
export function pasteNodes(
  flow: Flow,
  registry: Registry,
  source: { readonly text: string; readonly place: (corner: Point) => Point },
): PasteResult {
  const pasted = readFlow(source.text)
  if (typeof pasted === 'string') return { status: 'refused', reason: pasted }
  if (pasted.nodes.length === 0)
    return { status: 'refused', reason: 'The copied flow has no nodes.' }
  const part = withFreeIds(withFreeNames(pasted, registry, flow), flow)
  const variables = (part.variables ?? []).filter(
    ({ name }) => !(flow.variables ?? []).some((known) => known.name === name),
  )
  const merged: Flow = {
    ...flow,
    nodes: [...flow.nodes, ...part.nodes],
    edges: [...flow.edges, ...part.edges],
    ...(part.attachments === undefined
      ? {}
      : { attachments: [...(flow.attachments ?? []), ...part.attachments] }),
    ...(variables.length === 0 ? {} : { variables: [...(flow.variables ?? []), ...variables] }),
  }
  return {
    status: 'pasted',
    flow: moveNodes(merged, placed(part, source.place)),
    nodeIds: part.nodes.map(({ id }) => id),
  }
}

function readFlow(text: string): Flow | string {
  const value = readJson(text)
  if (!isRecord(value)) return 'The clipboard holds no flow. Copy nodes, or the JSON of a flow.'
  const result = parseFlow(value)
  switch (result.status) {
    case 'flow':
      return result.flow
    case 'newer':
      return `The copied flow is of format version ${result.version}, which is newer than this editor.`
    case 'malformed':
      return `The clipboard's JSON is no flow: ${result.problems[0]?.message ?? 'it is malformed.'}`
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function withFreeNames(part: Flow, registry: Registry, target: Flow): Flow {
  const taken = new Set(scopesOf(target, registry).declared.map(({ name }) => name))
  return part.nodes.reduce((current, node) => {
    const definition = registry.nodes.get(node.type)
    if (definition === undefined) return current
    const declared = [
      ...outputsOf(definition, node),
      ...execPortsOf(definition, node).flatMap((port) => blockVariablesOf(definition, node, port)),
    ]
    return declared.reduce((renamed, { name, nameFrom }) => {
      const free = uniqueName(name, taken)
      taken.add(free)
      // Written also when it is the default's, so that the flow does not depend on that.
      return setProperty(renamed, registry, { nodeId: node.id, key: nameFrom, value: free })
    }, current)
  }, part)
}

function withFreeIds(part: Flow, target: Flow): Flow {
  const taken = new Set(target.nodes.map(({ id }) => id))
  const ids = new Map<string, string>()
  for (const { id } of part.nodes) {
    const free = uniqueName(id, taken)
    taken.add(free)
    ids.set(id, free)
  }
  const free = (id: string) => ids.get(id) ?? id
  return {
    ...part,
    nodes: part.nodes.map((node) => ({ ...node, id: free(node.id) })),
    edges: part.edges.map(({ from, to }) => ({ from: [free(from[0]), from[1]], to: free(to) })),
    ...(part.attachments === undefined
      ? {}
      : {
          attachments: part.attachments.map(({ host, resource }) => ({
            host: [free(host[0]), host[1]],
            resource: free(resource),
          })),
        }),
    layout: {
      nodes: Object.fromEntries(
        Object.entries(part.layout?.nodes ?? {}).map(([id, place]) => [free(id), place]),
      ),
    },
  }
}

function placed(part: Flow, place: (corner: Point) => Point): ReadonlyMap<string, Point> {
  const places = part.nodes.map(({ id }) => [id, part.layout?.nodes?.[id] ?? [0, 0]] as const)
  const corner: Point = [
    Math.min(...places.map(([, [x]]) => x)),
    Math.min(...places.map(([, [, y]]) => y)),
  ]
  const [left, top] = snap(place(corner))
  return new Map(
    places.map(([id, [x, y]]) => [id, [x - corner[0] + left, y - corner[1] + top] as const]),
  )
}
