import type { StoredConnection } from '../api/connections-api.ts'
import { registry } from '../registry.ts'

/** What a connection is, beside its name: its kind, where it leads, its id. */
export function factsOf({ kind, id, fields }: StoredConnection): readonly string[] {
  const definition = registry.connections.get(kind)
  const addresses = Object.entries(definition?.fields ?? {})
    .filter(([, field]) => field.address === true)
    .map(([key]) => fields[key])
    .filter((part) => typeof part === 'string' || typeof part === 'number')
  const address = addresses.length === 0 ? [] : [addresses.join(':')]
  return [definition?.title ?? kind, ...address, `id ${id}`]
}
