import { connectionUses, titleOf, type Flow, type Registry } from '@millrace/flow'

/** What a designer should know before a flow is published, though it can run. */
export interface PublishWarning {
  readonly message: string
  /** The node that it is about. */
  readonly nodeId: string
}

interface Surroundings {
  readonly registry: Registry
  /** The kind of each connection, by id. */
  readonly connections: ReadonlyMap<string, { readonly kind: string }>
  /** The flows that are published to the environment; `undefined` while that is not known. */
  readonly published: ReadonlySet<string> | undefined
  readonly environment: string
}

/** The nodes that answer with the demo model, and the flows that are called but not published. */
export function publishWarnings(
  flow: Flow,
  { registry, connections, published, environment }: Surroundings,
): readonly PublishWarning[] {
  const demos = connectionUses(flow, registry).flatMap(({ id, node }): readonly PublishWarning[] =>
    connections.get(id)?.kind === 'demo' && answersChats(registry, node.type)
      ? [
          {
            message: `“${titleOf(node, registry.nodes.get(node.type))}” uses the demo model, which is no AI. Choose a connection of your own before people talk to it.`,
            nodeId: node.id,
          },
        ]
      : [],
  )
  const calls = flow.nodes.flatMap((node): readonly PublishWarning[] => {
    const called = node.type === 'flow.runFlow' ? node.properties?.['flow'] : undefined
    if (published === undefined || typeof called !== 'string' || called === flow.id) return []
    return published.has(called)
      ? []
      : [
          {
            message: `“${titleOf(node, registry.nodes.get(node.type))}” runs the flow “${called}”, which is not published to ${environment}. Publish it too.`,
            nodeId: node.id,
          },
        ]
  })
  return [...demos, ...calls]
}

/** The demo's texts are made up; its embeddings are real ones. */
function answersChats(registry: Registry, type: string): boolean {
  const outputs = registry.nodes.get(type)?.outputs ?? {}
  return Object.values(outputs).some((output) => output.type === 'chatResponse')
}
