import { titleOf, type Flow, type FlowNode, type NodeDefinition, type Problem, type Registry } from '@millrace/flow'
import { layOutBrokenCard, layOutCard, type CardLayout } from './card-layout.ts'

/** All that a card draws of its node, besides what a run shows. */
export interface Card {
  readonly node: FlowNode
  /** `undefined` for a broken card: the type is unknown, or newer than what is installed. */
  readonly definition: NodeDefinition | undefined
  readonly title: string
  /** `OpenAI · Streaming chat completion`, below a title that was changed. */
  readonly subtitle: string | undefined
  readonly layout: CardLayout
  readonly problems: readonly Problem[]
  /** Whether its unset optional inputs are shown. */
  readonly isExpanded: boolean
}

/** Works out the card of one node. */
export function cardOf(
  flow: Flow,
  node: FlowNode,
  context: {
    readonly registry: Registry
    readonly problems: readonly Problem[]
    readonly isExpanded: boolean
  },
): Card {
  const known = context.registry.nodes.get(node.type)
  const definition = known !== undefined && (node.version ?? 1) <= known.version ? known : undefined
  const title = titleOf(node, known)
  const { problems, isExpanded } = context
  if (definition === undefined) {
    const subtitle = known === undefined ? node.type : `${known.system} · ${known.title}`
    const layout = brokenLayout(flow, node)
    return { node, definition, title, subtitle, problems, isExpanded, layout }
  }
  const isRenamed = title !== definition.title
  const subtitle = isRenamed ? `${definition.system} · ${definition.title}` : undefined
  const layout = layOutCard(node, definition, { isExpanded, isTall: isRenamed })
  return { node, definition, title, subtitle, problems, isExpanded, layout }
}

function brokenLayout(flow: Flow, { id }: FlowNode): CardLayout {
  const attachments = flow.attachments ?? []
  const isResource = attachments.some(({ resource }) => resource === id)
  return layOutBrokenCard({
    isResource,
    hasExecIn: !isResource && flow.edges.some(({ to }) => to === id),
    outs: flow.edges.flatMap(({ from: [nodeId, port] }) => (nodeId === id ? [port] : [])),
    attachments: attachments.flatMap(({ host: [nodeId, port] }) => (nodeId === id ? [port] : [])),
  })
}

/** What a screen reader says of a card: title, type, status, problems. */
export function describeCard({ node, definition, title, problems }: Card): string {
  const type =
    definition === undefined ? `unknown type ${node.type}` : `${definition.system} ${definition.title}`
  const count =
    problems.length === 0 ? 'no problems' : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`
  return [title, type, ...(node.disabled === true ? ['disabled'] : []), count].join(', ')
}
