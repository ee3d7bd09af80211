import {
  checkFlow,
  connectionUses,
  FlowError,
  hasErrors,
  type Flow,
  type Problem,
  type Registry,
} from '@millrace/flow'
import {
  checkCode,
  compile,
  invalidFlow,
  type FunctionSandbox,
  type NodePackage,
  type Plan,
} from '@millrace/engine'
import { newerProblem } from './problems.ts'
import { readStored, unreadableError } from './read-document.ts'

/** The plans of flows, each compiled once. */
export interface Plans {
  /**
   * The plan of a flow's canonical text. Throws `flow_invalid` with its problems, or
   * `connection_missing` when it is otherwise sound.
   */
  of(document: { id: string; text: string }): Promise<Plan>
}

interface Options {
  readonly registry: Registry
  readonly loadPackages: () => Promise<readonly NodePackage[]>
  readonly functions: Pick<FunctionSandbox, 'check'>
  readonly connectionKinds: () => Promise<ReadonlyMap<string, { readonly kind: string }>>
}

interface KnownPlan {
  readonly plan: Plan
  /** The connections that its nodes name, with the kinds that each place takes. */
  readonly connections: readonly { readonly id: string; readonly kinds: readonly string[] }[]
}

const maxPlans = 200

/** Keeps the plans that were used last, by their documents. */
export function createPlans(options: Options): Plans {
  const { registry, loadPackages, functions, connectionKinds } = options
  const known = new Map<string, KnownPlan>()

  async function makePlan(document: { id: string; text: string }): Promise<KnownPlan> {
    const read = readStored(document.text)
    switch (read.status) {
      case 'flow': {
        const plan = compile(read.flow, await loadPackages())
        const problems = await checkCode(plan.flow, registry, functions)
        if (hasErrors(problems)) throw invalidFlow(problems)
        return { plan, connections: connectionsOf(read.flow, registry) }
      }
      case 'newer':
        throw new FlowError(
          'flow_invalid',
          `The flow "${document.id}" is of version ${read.version}, which this Millrace does not know. Update Millrace to run it.`,
          { details: { problems: [newerProblem(read.version)] } },
        )
      case 'unreadable':
        throw unreadableError(document, read.problems)
    }
  }

  return {
    async of(document) {
      const { text } = document
      const found = known.get(text) ?? (await makePlan(document))
      // The last used stands last, so the first is the one to forget.
      known.delete(text)
      known.set(text, found)
      if (known.size > maxPlans) known.delete(known.keys().next().value ?? '')
      const kinds = await connectionKinds()
      const isMissing = found.connections.some((place) => {
        const kind = kinds.get(place.id)?.kind
        return kind === undefined || !place.kinds.includes(kind)
      })
      if (isMissing)
        throw connectionError(checkFlow(found.plan.flow, registry, { connections: kinds }))
      return found.plan
    },
  }
}

/** Nodes that do not run need no connection. */
function connectionsOf(flow: Flow, registry: Registry): KnownPlan['connections'] {
  const unreached = new Set(
    checkFlow(flow, registry)
      .filter(({ code }) => code === 'node_unreachable')
      .map(({ nodeId }) => nodeId),
  )
  return connectionUses(flow, registry)
    .filter(({ node }) => node.disabled !== true && !unreached.has(node.id))
    .map(({ id, kinds }) => ({ id, kinds }))
}

function connectionError(problems: readonly Problem[]): FlowError {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const isOnlyMissing = errors.every(({ code }) => code === 'connection_missing')
  const [first] = errors
  return new FlowError(
    isOnlyMissing ? 'connection_missing' : 'flow_invalid',
    first?.message ?? 'A connection of the flow does not exist here. Create it, or choose another.',
    {
      ...(first?.nodeId === undefined ? {} : { nodeId: first.nodeId }),
      ...(first?.property === undefined ? {} : { property: first.property }),
      details: { problems },
    },
  )
}
