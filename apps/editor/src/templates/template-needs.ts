import { connectionUses, type Flow, type Registry } from '@millrace/flow'

/** The connections that every server has. */
const builtIn: ReadonlySet<string> = new Set(['demo', 'embedded-postgres'])

/** The kinds of connection, by their titles, that a flow needs beyond what every server has. */
export function neededKinds(flow: Flow, registry: Registry): readonly string[] {
  const chosen = connectionUses(flow, registry)
    .filter(({ id }) => !builtIn.has(id))
    .map(({ kinds }) => kinds)
  const left = flow.nodes.flatMap((node) =>
    Object.entries(registry.nodes.get(node.type)?.properties ?? {}).flatMap(([key, property]) =>
      property.kind === 'connection' &&
      property.required === true &&
      node.properties?.[key] === undefined
        ? [property.kinds]
        : [],
    ),
  )
  const titles = [...chosen, ...left].flatMap((kinds) => {
    // One kind is enough, and it is not the one that stands for it on a fresh server.
    const kind = kinds.find((one) => !builtIn.has(one)) ?? kinds[0]
    return kind === undefined ? [] : [registry.connections.get(kind)?.title ?? kind]
  })
  return [...new Set(titles)]
}
