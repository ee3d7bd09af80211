import {
  titleOf,
  type Flow,
  type FlowNode,
  type NodeDefinition,
  type Problem,
  type Registry,
} from '@millrace/flow'
import { layOutBrokenCard, layOutCard, type CardLayout } from './card-layout.ts'
import { linksOf, type NodeLinks } from './links-of-nodes.ts'
import { withAuthor } from './with-author.ts'

/** All that a card draws of its node, besides what a run shows. */
export interface Card {
  readonly node: FlowNode
  /** `undefined` for a broken card: the type is unknown, or newer than what is installed. */
  readonly definition: NodeDefinition | undefined
  readonly title: string
  /** `OpenAI · Streaming chat completion`, below a title that was changed, and whose it is. */
  readonly subtitle: string | undefined
  readonly layout: CardLayout
  readonly problems: readonly Problem[]
  /** The attachment ports that hold a node. */
  readonly attached: ReadonlySet<string>
  /** Whether its unset optional inputs are shown. */
  readonly isExpanded: boolean
  /** Why there is no definition. */
  readonly brokenBy: 'unknown' | 'newer' | undefined
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
  const isNewer = known !== undefined && (node.version ?? 1) > known.version
  const { problems, isExpanded } = context
  const title = titleOf(node, known)
  const isRenamed = title !== known?.title
  const system = known === undefined ? node.type : `${known.system} · ${known.title}`
  const kind = isRenamed && system !== title ? system : ''
  const subtitle = withAuthor(kind, known ?? {}) || undefined
  const links = linksOf(flow, node.id)
  const { attached } = links
  const common = { node, title, subtitle, problems, isExpanded, attached }
  if (known === undefined || isNewer) {
    const layout = brokenLayout(links, { isTall: subtitle !== undefined })
    return { ...common, definition: undefined, layout, brokenBy: isNewer ? 'newer' : 'unknown' }
  }
  const layout = layOutCard(node, known, { isExpanded, isTall: subtitle !== undefined })
  return { ...common, definition: known, layout, brokenBy: undefined }
}

function brokenLayout(
  { exits, attached, isRunAfter, isResource }: NodeLinks,
  { isTall }: { readonly isTall: boolean },
): CardLayout {
  return layOutBrokenCard({
    isTall,
    isResource,
    hasExecIn: !isResource && isRunAfter,
    outs: exits,
    attachments: [...attached],
  })
}

/** What a screen reader says of a card: title, type, problems, and where it runs. */
export function describeCard({ node, definition, title, problems }: Card, place?: string): string {
  const type =
    definition === undefined
      ? `unknown type ${node.type}`
      : withAuthor(`${definition.system} ${definition.title}`, definition)
  const count =
    problems.length === 0
      ? 'no problems'
      : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`
  const disabled = node.disabled === true ? ['disabled'] : []
  const where = place === undefined ? [] : [place]
  return [title, type, ...disabled, count, ...where].join(', ')
}
