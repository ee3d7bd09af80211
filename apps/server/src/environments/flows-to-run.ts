import { FlowError } from '@millrace/flow'
import type { FlowStore, StoredFlow } from '../flows/flow-store.ts'
import type { Environment, PublishedEnvironment } from './environment.ts'
import { environmentOf, mayRunDrafts } from './environment-of.ts'
import type { RunTarget } from './plan-for.ts'
import type { PublicationStore } from './publication-store.ts'

/** A flow as a caller runs it: the saved draft, or what is published. */
export interface FlowToRun extends StoredFlow {
  readonly environment: Environment
}

/** Which text of a flow runs. */
export interface FlowsToRun {
  /** Throws `not_found`, `flow_not_published`, `forbidden`. */
  find(flowId: string, target: RunTarget): Promise<FlowToRun>
  /** For runs of an environment that call it. Throws `not_found`, `flow_not_published`. */
  findIn(flowId: string, environment: Environment): Promise<FlowToRun>
  /**
   * All that a caller can run there and that have a node of this type, disabled or not, by id; a few
   * others that only speak of it. Reads no other flow. Throws `forbidden`.
   */
  listWith(nodeType: string, target: RunTarget): Promise<readonly FlowToRun[]>
}

interface Options {
  readonly flows: Pick<FlowStore, 'find' | 'containing'>
  readonly publications: Pick<PublicationStore, 'find' | 'list' | 'containing'>
}

export function createFlowsToRun({ flows, publications }: Options): FlowsToRun {
  async function findDraft(flowId: string): Promise<FlowToRun> {
    const flow = await flows.find(flowId)
    if (flow === undefined) throw new FlowError('not_found', `There is no flow "${flowId}".`)
    return { ...flow, environment: 'development' }
  }

  async function findPublished(
    flowId: string,
    environment: PublishedEnvironment,
  ): Promise<FlowToRun> {
    const flow = await publications.find(flowId, environment)
    if (flow !== undefined) return { ...flow, environment }
    await findDraft(flowId)
    throw new FlowError(
      'flow_not_published',
      `The flow "${flowId}" is not published to ${environment}. Publish it there: in the editor, or with POST /api/flows/${flowId}/publish {"environment":"${environment}"}.`,
      { details: { environment } },
    )
  }

  const findIn: FlowsToRun['findIn'] = (flowId, environment) =>
    environment === 'development' ? findDraft(flowId) : findPublished(flowId, environment)

  async function listIn(environment: Environment, part: string): Promise<readonly FlowToRun[]> {
    const found =
      environment === 'development'
        ? await flows.containing(part)
        : await publications.containing(part, environment)
    return found.map((flow) => ({ ...flow, environment }))
  }

  /** Of a flow that is published to production the draft counts for nothing, whatever it holds. */
  async function listProductionElseDraft(part: string): Promise<readonly FlowToRun[]> {
    const published = await listIn('production', part)
    const inProduction = new Set(
      (await publications.list())
        .filter(({ environment }) => environment === 'production')
        .map(({ flowId }) => flowId),
    )
    const drafts = await listIn('development', part)
    return [...published, ...drafts.filter(({ id }) => !inProduction.has(id))].toSorted((a, b) =>
      a.id < b.id ? -1 : 1,
    )
  }

  return {
    findIn,
    async find(flowId, target) {
      const environment = environmentOf(target)
      if (environment === 'productionElseDraft') {
        const published = await publications.find(flowId, 'production')
        if (published !== undefined) return { ...published, environment: 'production' }
        return findDraft(flowId)
      }
      const flow = await findIn(flowId, environment)
      if (environment === 'development' && !mayRunDrafts(target)) throw draftRefused(flowId)
      return flow
    },
    async listWith(nodeType, target) {
      const part = JSON.stringify(nodeType)
      const environment = environmentOf(target)
      if (environment === 'productionElseDraft') return listProductionElseDraft(part)
      return environment === 'development' && !mayRunDrafts(target) ? [] : listIn(environment, part)
    },
  }
}

function draftRefused(flowId: string): FlowError {
  return new FlowError(
    'flow_not_published',
    `What is saved of the flow "${flowId}" but not published runs for the operator, and for API keys of the environment development alone. Publish it, or call with such a key.`,
    { details: { environment: 'development' } },
  )
}
