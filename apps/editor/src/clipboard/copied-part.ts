import {
  emptyFlow,
  scopesOf,
  usesOfFlowVariables,
  type Attachment,
  type Edge,
  type Flow,
  type Registry,
} from '@millrace/flow'

/**
 * What is copied travels over the system's clipboard as JSON, so it can go to another flow, another
 * window or a file. Connections go by name; no secret is ever in a flow, so none is in it.
 */
export interface CopiedPart {
  /** The copied nodes and notes, with what is among them and the flow variables that they use. */
  readonly flow: Flow
  /** What led to the copied nodes from those that were not. */
  readonly incoming: Incoming
  /** Whether it is the document of a flow, rather than a part that was copied out of one. */
  readonly isWholeFlow: boolean
}

export interface Incoming {
  readonly edges: readonly Edge[]
  readonly attachments: readonly Attachment[]
}

/** What text on the clipboard names itself that is of this version. */
export const copiedKind = 'millrace/nodes'
export const copiedVersion = 1

/** Copies nodes and notes out of a flow. */
export function copyPart(
  flow: Flow,
  registry: Registry,
  ids: { readonly nodeIds: ReadonlySet<string>; readonly noteIds: ReadonlySet<string> },
): CopiedPart {
  const { nodeIds, noteIds } = ids
  const attachments = flow.attachments ?? []
  const uses = usesOfFlowVariables(flow, registry, scopesOf(flow, registry))
  const variables = (flow.variables ?? []).filter(({ name }) =>
    uses.get(name)?.some(({ nodeId }) => nodeIds.has(nodeId)),
  )
  const places = Object.entries(flow.layout?.nodes ?? {}).filter(([id]) => nodeIds.has(id))
  return {
    flow: {
      ...emptyFlow(flow.id, flow.name),
      ...(variables.length === 0 ? {} : { variables }),
      nodes: flow.nodes.filter(({ id }) => nodeIds.has(id)),
      edges: flow.edges.filter(({ from, to }) => nodeIds.has(from[0]) && nodeIds.has(to)),
      attachments: attachments.filter(
        ({ host, resource }) => nodeIds.has(host[0]) && nodeIds.has(resource),
      ),
      layout: {
        nodes: Object.fromEntries(places),
        notes: (flow.layout?.notes ?? []).filter(({ id }) => noteIds.has(id)),
      },
    },
    incoming: {
      edges: flow.edges.filter(({ from, to }) => !nodeIds.has(from[0]) && nodeIds.has(to)),
      attachments: attachments.filter(
        ({ host, resource }) => nodeIds.has(host[0]) && !nodeIds.has(resource),
      ),
    },
    isWholeFlow: false,
  }
}

/** The text of a part, as it stands on the clipboard. */
export function writePart({ flow, incoming }: CopiedPart): string {
  const { id, name, nodes, edges, attachments = [], layout, variables = [] } = flow
  const notes = layout?.notes ?? []
  const positions = layout?.nodes ?? {}
  const from = { id, name }
  return JSON.stringify(
    {
      kind: copiedKind,
      version: copiedVersion,
      from,
      nodes,
      edges,
      attachments,
      notes,
      positions,
      variables,
      incoming,
    },
    undefined,
    2,
  )
}
