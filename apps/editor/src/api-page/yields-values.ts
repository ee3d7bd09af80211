import type { Flow } from '@millrace/flow'
import { registry } from '../registry.ts'

/**
 * Whether a flow yields values while it runs. A flow that it hands on the values of counts as one that
 * yields: what it is asked for by then works for both.
 */
export function yieldsValues({ nodes, edges }: Flow): boolean {
  return nodes.some(({ id, type, disabled }) => {
    const yields = registry.nodes.get(type)?.yields ?? false
    if (disabled === true || typeof yields === 'boolean') return disabled !== true && yields
    return !edges.some(({ from: [nodeId, port] }) => nodeId === id && port === yields.unless)
  })
}
