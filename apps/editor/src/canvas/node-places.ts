import { execPortsOf, titleOf, type Edge, type Flow, type Registry } from '@millrace/flow'

/** Where a node runs, or what it is attached to: `after "Search vectors"`. */
export function placeOf(flow: Flow, registry: Registry, nodeId: string): string | undefined {
  const edge = flow.edges.find(({ to }) => to === nodeId)
  if (edge !== undefined) return placeAtExit(flow, registry, edge)
  const attachment = flow.attachments?.find(({ resource }) => resource === nodeId)
  return attachment && `attached to ${quotedTitle(flow, registry, attachment.host[0])}`
}

/** The title of a node as sentences name it. */
export function quotedTitle(flow: Flow, registry: Registry, nodeId: string): string {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  return `"${node === undefined ? nodeId : titleOf(node, registry.nodes.get(node.type))}"`
}

function placeAtExit(flow: Flow, registry: Registry, { from: [nodeId, port] }: Edge): string {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const definition = node && registry.nodes.get(node.type)
  const exit =
    node &&
    definition &&
    execPortsOf(definition, node).find(({ id, block }) => id === port && block !== undefined)
  const title = quotedTitle(flow, registry, nodeId)
  return exit === undefined ? `after ${title}` : `in "${exit.label}" of ${title}`
}
