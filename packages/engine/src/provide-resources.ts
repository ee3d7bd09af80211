import { toFlowError, type NodeDefinition, type Resources } from '@millrace/flow'
import type { ProvideContext, RunContext } from './implement.ts'
import { openConnections, resolveProperties, type Properties } from './open-properties.ts'
import type { PlannedAttachment } from './plan.ts'
import { cancelledError } from './cancel-scope.ts'
import { Visit } from './visit.ts'
import type { Place } from './visited-run.ts'

/** The resources of a host by port, in the order of the document. */
export type Provided = Readonly<Record<string, readonly unknown[]>>

/** The node that resources are made for. */
export interface Host {
  readonly definition: NodeDefinition
  readonly visit: Visit
}

/** [E18] Makes the resources of a host; each call of one is a visit of its node, under the host's. */
export async function provideResources(
  host: Host,
  attachments: readonly PlannedAttachment[],
): Promise<Provided> {
  const provided: Record<string, unknown[]> = {}
  for (const port of Object.keys(host.definition.attachments ?? {})) provided[port] = []
  for (const attachment of attachments) {
    provided[attachment.port]?.push(await provide(host, attachment))
  }
  return provided
}

async function provide(
  host: Host,
  attachment: PlannedAttachment,
): Promise<Resources[keyof Resources]> {
  const { nodeId, title, given, implementation, properties: planned } = attachment
  const { execution } = host.visit
  const place = { ...host.visit.place, parent: host.visit.number, port: attachment.port }
  try {
    const properties = resolveProperties(planned, execution.values)
    const context: ProvideContext<NodeDefinition> = {
      nodeId,
      title,
      given,
      // The plan was made from the same definition that `provide` is typed by.
      properties: (await openConnections(planned, properties, execution.services)) as never,
      attachments: (await provideResources(
        { ...host, definition: implementation.definition },
        attachment.attachments,
      )) as never,
      signal: place.scope.signal,
      services: execution.services,
    }
    const resource = await implementation.provide(context)
    return visited(resource, { host: host.visit, attachment, place, properties })
  } catch (thrown) {
    if (place.scope.isCancelled) throw cancelledError()
    const visit = new Visit(execution, nodeId, place)
    visit.start()
    throw failed(visit, thrown)
  }
}

interface Provision {
  readonly host: Visit
  readonly attachment: PlannedAttachment
  readonly place: Place
  /** With connections as their ids. */
  readonly properties: Properties
}

type Method = (...values: readonly unknown[]) => Promise<unknown>

/** The same resource, each call of whose methods is a visit. */
function visited(
  resource: Resources[keyof Resources],
  provision: Provision,
): Resources[keyof Resources] {
  const members = Object.entries(resource).map(([name, member]: [string, unknown]) => [
    name,
    // Whatever is a function in a resource answers with a promise.
    typeof member === 'function' ? visitedMethod(member as Method, provision) : member,
  ])
  return Object.fromEntries(members) as Resources[keyof Resources] // the same members
}

function visitedMethod(
  method: (...values: readonly [...unknown[], RunContext]) => Promise<unknown>,
  { host, attachment, place, properties }: Provision,
): Method {
  const { execution } = host
  return async (...values) => {
    if (place.scope.isCancelled) throw cancelledError()
    const visit = new Visit(execution, attachment.nodeId, place)
    visit.start()
    visit.recordInput(attachment.properties, properties)
    try {
      const answer = await host.waitWithin(visit.waitFor(method(...values, visit)))
      if (visit.close()) execution.recorder.record({ type: 'node-end', visit: visit.number })
      return answer
    } catch (thrown) {
      throw failed(visit, thrown)
    }
  }
}

function failed(visit: Visit, thrown: unknown): Error {
  const { execution, nodeId, place } = visit
  if (place.scope.isCancelled) return visit.giveWay()
  execution.reportDefect(thrown, nodeId)
  return visit.fail(toFlowError(thrown).at(nodeId))
}
