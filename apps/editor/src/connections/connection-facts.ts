import { registry } from '@millrace/nodes'
import type { StoredConnection } from '../api/connections-api.ts'

/** What a connection is, beside its name: its kind, where it leads, its id. */
export function factsOf({ kind, id, fields }: StoredConnection): readonly string[] {
  const definition = registry.connections.get(kind)
  const addresses = Object.entries(definition?.fields ?? {})
    .filter(([, field]) => field.address === true)
    .map(([key]) => fields[key])
  return [definition?.title ?? kind, ...addresses, `id ${id}`].filter(
    (fact) => typeof fact === 'string',
  )
}
