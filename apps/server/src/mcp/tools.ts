import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import { FlowError } from '@millrace/flow'
import { mayRun } from '../access/own-runs.ts'
import type { FlowsToRun, FlowToRun } from '../environments/flows-to-run.ts'
import type { PlanFor, PlannedFlow, RunTarget } from '../environments/plan-for.ts'
import type { Plans } from '../flows/plans.ts'
import { toolOfPlan, toolTrigger } from './tool-of-plan.ts'

/** The flows that are tools. */
export interface Tools {
  /** Those that a caller can call; what cannot run is none. */
  list(caller: RunTarget): Promise<readonly Tool[]>
  /** Throws `not_found` for what is no tool, and what `PlanFor` throws. */
  find(name: string, caller: RunTarget): Promise<PlannedFlow>
}

interface Options {
  readonly flowsToRun: Pick<FlowsToRun, 'listWith'>
  readonly plans: Plans
  readonly planFor: PlanFor
}

export function createTools({ flowsToRun, plans, planFor }: Options): Tools {
  async function toolOf(flow: FlowToRun): Promise<Tool | undefined> {
    try {
      return toolOfPlan(await plans.of(flow))
    } catch (error) {
      if (error instanceof FlowError) return undefined
      throw error
    }
  }

  return {
    async list(caller) {
      const flows = await flowsToRun.listWith(toolTrigger, caller)
      const own = flows.filter(({ id }) => mayRun(caller.principal, id))
      const tools = await Promise.all(own.map(toolOf))
      return tools.filter((tool) => tool !== undefined)
    },
    async find(name, caller) {
      const isOwn = mayRun(caller.principal, name)
      const flow = isOwn ? await planFor(name, caller) : undefined
      if (flow !== undefined && toolOfPlan(flow.plan) !== undefined) return flow
      throw new FlowError(
        'not_found',
        `There is no tool "${name}". List the tools anew: they are the flows with an MCP tool trigger that are published.`,
      )
    },
  }
}
