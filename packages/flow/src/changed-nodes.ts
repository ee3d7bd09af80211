import type { NodeDefinition, Registry } from './definition.ts'
import { diffFlows } from './diff.ts'
import type { Flow } from './flow.ts'

/** The nodes whose work is another one, by what they are, or by what is attached to them. */
export function changedNodes(before: Flow, after: Flow, registry: Registry): ReadonlySet<string> {
  const { changed, rewired } = diffFlows(before, after, registry)
  const own = changed.flatMap((change) => {
    if (change.what === 'property') return isName(change, after, registry) ? [] : [change.nodeId]
    if (change.what !== 'node') return []
    const isWording =
      change.change === 'changed' && (change.field === 'title' || change.field === 'description')
    return isWording ? [] : [change.nodeId]
  })
  const hosts = rewired.flatMap((line) =>
    line.what === 'attachment' ? [line.attachment.host[0]] : [],
  )
  return new Set([...own, ...hosts])
}

/** A variable that is called otherwise holds what it did. */
function isName(
  { nodeId, key }: { readonly nodeId: string; readonly key: string },
  flow: Flow,
  registry: Registry,
): boolean {
  const type = flow.nodes.find(({ id }) => id === nodeId)?.type ?? ''
  const definition: NodeDefinition | undefined = registry.nodes.get(type)
  return definition?.properties[key]?.kind === 'variableName'
}
