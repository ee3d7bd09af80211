import type { RunLog } from '@millrace/engine'
import type { Flow, Registry } from '@millrace/flow'

/** The nodes of a flow that ask a model: those with a property that names one. */
export function askingNodesOf({ nodes }: Flow, registry: Registry): ReadonlySet<string> {
  const asking = nodes.filter(({ type }) => {
    const properties = Object.values(registry.nodes.get(type)?.properties ?? {})
    return properties.some(({ kind }) => kind === 'model')
  })
  return new Set(asking.map(({ id }) => id))
}

interface AskingRun {
  readonly id: string
  readonly askingNodes: ReadonlySet<string>
}

const pageSize = 1000

/**
 * Whether a run asks a model at this moment, or has yet to ask its first: what else it does
 * afterwards, such as saving the conversation, is worth finishing.
 */
export async function isAsking(log: RunLog, { id, askingNodes }: AskingRun): Promise<boolean> {
  if (askingNodes.size === 0) return false
  const open = new Set<number>()
  let hasAsked = false
  let after = 0
  while (true) {
    const page = await log.read(id, after, pageSize)
    if (page.status === 'gap') {
      after = page.oldest - 1
      continue
    }
    if (page.status === 'unknown' || page.entries.length === 0) break
    for (const { event, seq } of page.entries) {
      after = seq
      if (event.type === 'node-start' && askingNodes.has(event.nodeId)) open.add(event.visit)
      if (event.type === 'node-end' || event.type === 'node-error') open.delete(event.visit)
      if (event.type === 'node-call' && event.kind === 'model') hasAsked = true
    }
    if (page.isEnd) return false
  }
  return open.size > 0 || !hasAsked
}
