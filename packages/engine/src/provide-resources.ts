import { toFlowError, type NodeDefinition, type Resources } from '@millrace/flow'
import type { NodeContext, RunContext } from './implement.ts'
import { openConnections, resolveProperties } from './open-properties.ts'
import type { PlannedAttachment } from './plan.ts'
import type { VisitedRun } from './visited-run.ts'

/** The resources of a host by port, in the order of the document. */
export type Provided = Readonly<Record<string, readonly unknown[]>>

/** The node that resources are made for. */
export interface Host {
  readonly definition: NodeDefinition
  readonly visit: number
  readonly isInLoop: boolean
  /** What a resource can do to the run, in the host's name. */
  readonly run: RunContext
}

/** [E18] Makes the resources of a host, each a visit of its own node under the host's. */
export async function provideResources(
  execution: VisitedRun,
  host: Host,
  attachments: readonly PlannedAttachment[],
): Promise<Provided> {
  const provided: Record<string, unknown[]> = {}
  for (const port of Object.keys(host.definition.attachments ?? {})) provided[port] = []
  for (const attachment of attachments) {
    provided[attachment.port]?.push(await provide(execution, host, attachment))
  }
  return provided
}

async function provide(
  execution: VisitedRun,
  host: Host,
  attachment: PlannedAttachment,
): Promise<Resources[keyof Resources]> {
  const { nodeId, title, given, implementation, properties } = attachment
  const { visit, isRecorded } = execution.startVisit(nodeId, {
    parent: host.visit,
    port: attachment.port,
    isInLoop: host.isInLoop,
  })
  try {
    const { definition } = implementation
    const context = {
      nodeId,
      title,
      given,
      properties: await openConnections(
        properties,
        resolveProperties(properties, execution.values),
        execution.services,
      ),
      attachments: await provideResources(
        execution,
        { ...host, definition, visit },
        attachment.attachments,
      ),
      blocks: {},
      signal: execution.signal,
      run: host.run,
      services: execution.services,
    }
    // The plan was made from the same definition that `provide` is typed by.
    const resource = await implementation.provide(context as unknown as NodeContext<NodeDefinition>)
    if (isRecorded && execution.closeVisit(visit)) {
      execution.recorder.record({ type: 'node-end', visit })
    }
    return resource
  } catch (thrown) {
    execution.reportDefect(thrown, nodeId)
    const error = toFlowError(thrown).at(nodeId)
    if (isRecorded && execution.closeVisit(visit)) {
      execution.recorder.record({ type: 'node-error', visit, error: error.toShape() })
    }
    throw error
  }
}
