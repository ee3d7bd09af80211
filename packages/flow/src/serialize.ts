import { compareText, inProgramOrder } from './program-order.ts'
import type { Flow, FlowNode } from './flow.ts'
import { compareTags } from './tags.ts'

/**
 * The one canonical text of a flow: fixed key order, two-space indent, nodes and edges in program
 * order, then loose nodes by id, a newline at the end. The same flow always gives the same bytes.
 * What is inside the value of a property is the designer's, and keeps the order of its keys.
 */
export function serializeFlow(flow: Flow): string {
  return `${JSON.stringify(canonicalFlow(flow), null, 2)}\n`
}

/** The flow with its parts in canonical order, and without empty optional parts. */
export function canonicalFlow(flow: Flow): Flow {
  const { nodes, edges, attachments } = inProgramOrder(flow)
  const places = new Map(Object.entries(flow.layout?.nodes ?? {}))
  const positions = nodes.flatMap(({ id }) => {
    const place = places.get(id)
    return place === undefined ? [] : [[id, place] as const]
  })
  const notes = flow.layout?.notes ?? []
  return {
    ...(flow.$schema === undefined ? {} : { $schema: flow.$schema }),
    format: flow.format,
    version: flow.version,
    id: flow.id,
    name: flow.name,
    ...(flow.description === undefined ? {} : { description: flow.description }),
    ...(flow.tags === undefined || flow.tags.length === 0
      ? {}
      : { tags: flow.tags.toSorted(compareTags) }),
    ...(flow.variables === undefined || flow.variables.length === 0
      ? {}
      : {
          variables: flow.variables.map(({ name, type, value, description }) => ({
            name,
            type,
            ...(value === undefined ? {} : { value }),
            ...(description === undefined ? {} : { description }),
          })),
        }),
    nodes: nodes.map(canonicalNode),
    edges: edges.map(({ from, to }) => ({ from, to })),
    ...(attachments.length === 0
      ? {}
      : { attachments: attachments.map(({ host, resource }) => ({ host, resource })) }),
    ...(positions.length === 0 && notes.length === 0
      ? {}
      : {
          layout: {
            ...(positions.length === 0 ? {} : { nodes: Object.fromEntries(positions) }),
            ...(notes.length === 0
              ? {}
              : {
                  notes: notes.map(({ id, kind, text, colour, position, size }) => ({
                    id,
                    ...(kind === undefined ? {} : { kind }),
                    text,
                    ...(colour === undefined ? {} : { colour }),
                    position,
                    ...(size === undefined ? {} : { size }),
                  })),
                }),
          },
        }),
    ...canonicalSettings(flow),
  }
}

function canonicalSettings({ settings }: Flow): Pick<Flow, 'settings'> {
  const { onDisconnect, timeoutSeconds, trace, keepRuns, feedbackFlow } = settings ?? {}
  const { runs, days } = keepRuns ?? {}
  const set = {
    ...(onDisconnect === undefined ? {} : { onDisconnect }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(trace === undefined ? {} : { trace }),
    ...(runs === undefined && days === undefined
      ? {}
      : {
          keepRuns: {
            ...(runs === undefined ? {} : { runs }),
            ...(days === undefined ? {} : { days }),
          },
        }),
    ...(feedbackFlow === undefined ? {} : { feedbackFlow }),
  }
  return Object.keys(set).length === 0 ? {} : { settings: set }
}

function canonicalNode(node: FlowNode): FlowNode {
  const { id, type, version, title, description, disabled, properties } = node
  return {
    id,
    type,
    ...(version === undefined ? {} : { version }),
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(disabled === undefined ? {} : { disabled }),
    ...(properties === undefined || Object.keys(properties).length === 0
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).toSorted(([left], [right]) => compareText(left, right)),
          ),
        }),
  }
}
