import {
  addNode,
  attach,
  connect,
  continuePortOf,
  emptyFlow,
  serializeFlow,
  setProperty,
  type Flow,
  type NodeDefinition,
  type Registry,
} from '../packages/flow/src/index.ts'
import {
  createRandom,
  fittingLiteral,
  variablesOfLiterals,
} from '../packages/flow/src/testing/index.ts'

/** The text of a flow with a node of this kind, every property set, as an editor saves it. */
export function goldenFlow(definition: NodeDefinition, registry: Registry): string {
  const id = definition.type.replace('.', '-').replace(/[A-Z]/g, (letter) => `-${letter}`)
  let flow: Flow = {
    ...emptyFlow(id.toLowerCase(), definition.title),
    variables: variablesOfLiterals,
  }
  if (definition.kind === 'resource') addHost()
  else if (definition.jump === 'break' || definition.jump === 'continue') {
    connectTo(add(registry.nodes.get('flow.forEach')), 'forEachItem', add(definition))
  } else {
    const nodeId = add(definition)
    const next = continuePortOf(definition)
    if (next !== undefined) connectTo(nodeId, next, add(registry.nodes.get('flow.log')))
  }
  return serializeFlow(flow)

  function add(kind: NodeDefinition | undefined): string {
    if (kind === undefined) throw new Error(`A flow for "${definition.type}" cannot be made.`)
    const position = [flow.nodes.length * 300, 80] as const
    const added = addNode(flow, registry, { type: kind.type, position })
    flow = added.flow
    for (const [key, property] of Object.entries(kind.properties)) {
      const value = fittingLiteral(property, createRandom(key.length))
      if (value !== undefined) {
        flow = setProperty(flow, registry, { nodeId: added.nodeId, key, value })
      }
    }
    for (const [port, { accepts, required }] of Object.entries(kind.attachments ?? {})) {
      if (required === true && accepts !== definition.provides) {
        const resource = add([...registry.nodes.values()].find((one) => one.provides === accepts))
        flow = attach(flow, registry, { host: [added.nodeId, port], resource })
      }
    }
    return added.nodeId
  }

  function connectTo(from: string, port: string, to: string): void {
    flow = connect(flow, registry, { from: [from, port], to })
  }

  /** A resource stands at a host of any kind. */
  function addHost(): void {
    for (const host of registry.nodes.values()) {
      const port = Object.entries(host.attachments ?? {}).find(
        ([, { accepts }]) => accepts === definition.provides,
      )
      if (port === undefined) continue
      const attachment = { host: [add(host), port[0]] as const, resource: add(definition) }
      flow = attach(flow, registry, attachment)
      return
    }
  }
}
