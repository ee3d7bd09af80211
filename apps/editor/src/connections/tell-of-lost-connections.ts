import { connectionUses } from '@millrace/flow'
import { useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { useConnections, type ConnectionsState } from './connection-store.ts'
import { toast } from '../ui/toast.ts'

/** Says so when a connection that the open flow uses disappears from the server meanwhile. */
export function tellOfLostConnections(): () => void {
  function compare(now: ConnectionsState, before: ConnectionsState): void {
    if (now.status !== 'ready' || now.connections === before.connections) return
    const here = new Set(now.connections.map(({ id }) => id))
    const used = new Set(connectionUses(useDocument.getState().flow, registry).map(({ id }) => id))
    for (const { id, name } of before.connections) {
      if (here.has(id) || !used.has(id)) continue
      toast.warning(
        `The connection “${name}” was deleted. The nodes that use it ask for another one.`,
      )
    }
  }
  return useConnections.subscribe(compare)
}
