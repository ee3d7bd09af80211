import type { Flow } from '@millrace/flow'

/** What leads to and from one node. */
export interface NodeLinks {
  /** The exits that lead somewhere, in the order of the edges. */
  readonly exits: readonly string[]
  /** The attachment ports that hold a node. */
  readonly attached: ReadonlySet<string>
  readonly isRunAfter: boolean
  readonly isResource: boolean
}

const none: NodeLinks = { exits: [], attached: new Set(), isRunAfter: false, isResource: false }

type Links = ReadonlyMap<string, NodeLinks>

const known = new WeakMap<
  Flow['edges'],
  { readonly of: Flow['attachments']; readonly links: Links }
>()

/** The links of a node. Of each state of a flow all are read at once, so that many cards cost no more each. */
export function linksOf({ edges, attachments }: Flow, nodeId: string): NodeLinks {
  let entry = known.get(edges)
  if (entry === undefined || entry.of !== attachments) {
    entry = { of: attachments, links: readLinks(edges, attachments ?? []) }
    known.set(edges, entry)
  }
  return entry.links.get(nodeId) ?? none
}

function readLinks(edges: Flow['edges'], attachments: NonNullable<Flow['attachments']>): Links {
  const links = new Map<string, Growing>()
  const at = (nodeId: string) => {
    const found = links.get(nodeId)
    if (found !== undefined) return found
    const made: Growing = { exits: [], attached: new Set(), isRunAfter: false, isResource: false }
    links.set(nodeId, made)
    return made
  }
  for (const { from, to } of edges) {
    at(from[0]).exits.push(from[1])
    at(to).isRunAfter = true
  }
  for (const { host, resource } of attachments) {
    at(host[0]).attached.add(host[1])
    at(resource).isResource = true
  }
  return links
}

interface Growing extends NodeLinks {
  readonly exits: string[]
  readonly attached: Set<string>
  isRunAfter: boolean
  isResource: boolean
}
