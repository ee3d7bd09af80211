import { titleOf } from '@millrace/flow'
import { useConnections } from '../connections/connection-store.ts'
import { useDocument } from '../document/document-store.ts'
import { useLiteral } from '../properties/use-literal.ts'
import { registry } from '../registry.ts'

/** The database that a node asks. */
export interface NodeDatabase {
  /** Of the node, for the titles of dialogs. */
  readonly title: string
  readonly system: 'postgres' | 'sqlserver'
  /** `undefined` while no connection is chosen that exists. */
  readonly connectionId: string | undefined
}

/** The database behind a connection property of a node. */
export function useDatabase(nodeId: string, connectionKey: string): NodeDatabase {
  const node = useDocument(({ flow }) => flow.nodes.find(({ id }) => id === nodeId))
  const chosen = useLiteral(nodeId, connectionKey)
  const isKnown = useConnections(({ connections }) => connections.some(({ id }) => id === chosen))
  const definition = registry.nodes.get(node?.type ?? '')
  const property = definition?.properties[connectionKey]
  const kinds = property?.kind === 'connection' ? property.kinds : []
  return {
    title: node === undefined ? '' : titleOf(node, definition),
    system: kinds.includes('sqlserver') ? 'sqlserver' : 'postgres',
    connectionId: isKnown ? chosen : undefined,
  }
}
