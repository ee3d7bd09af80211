import { connectionUses, FlowError, type Flow, type Problem, type Registry } from '@millrace/flow'
import type { Connections } from '../connections/connections.ts'
import type { Environment } from '../environments/environment.ts'
import type { ConnectionsIn } from './connections-in.ts'

interface Options {
  readonly registry: Registry
  readonly connections: Pick<Connections, 'kinds' | 'view' | 'open'>
  readonly connectionsIn: Pick<ConnectionsIn, 'expectValues'>
}

/** What keeps a flow from running in an environment, for want of the values of variables. */
export type VariableProblems = (flow: Flow, environment: Environment) => Promise<readonly Problem[]>

/** Looks at the connections that a flow uses. Throws what opening them throws. */
export function createVariableProblems({
  registry,
  connections,
  connectionsIn,
}: Options): VariableProblems {
  return async (flow, environment) => {
    const problems: Problem[] = []
    const known = await connections.kinds()
    for (const { id, node, property } of connectionUses(flow, registry)) {
      // One that is missing matters only to nodes that run, and is told of them elsewhere.
      if (node.disabled === true || !known.has(id)) continue
      if ((await connections.view(id)).builtIn) continue
      try {
        await connectionsIn.expectValues(await connections.open(id), environment)
      } catch (error) {
        if (!(error instanceof FlowError) || error.code !== 'variable_missing') throw error
        problems.push({
          code: 'variable_missing',
          severity: 'error',
          message: error.message,
          nodeId: node.id,
          property,
        })
      }
    }
    return problems
  }
}
