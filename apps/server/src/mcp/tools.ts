import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import { FlowError, type Registry, type Type } from '@millrace/flow'
import type { Plan } from '@millrace/engine'
import { mayRun } from '../access/own-runs.ts'
import type { FlowsToRun, FlowToRun } from '../environments/flows-to-run.ts'
import type { PlanFor, PlannedFlow, RunTarget } from '../environments/plan-for.ts'
import type { Plans } from '../flows/plans.ts'
import { toolOfPlan, toolTrigger, type ToolOfPlan } from './tool-of-plan.ts'

/** A tool, ready to be called. */
export interface PlannedTool extends PlannedFlow {
  /** One of these types its result is promised to be; `undefined` when nothing is promised. */
  readonly results: readonly Type[] | undefined
}

/** The flows that are tools. */
export interface Tools {
  /** Those that a caller can call; what cannot run is none. */
  list(caller: RunTarget): Promise<readonly Tool[]>
  /** Throws `not_found` for what is no tool, and what `PlanFor` throws. */
  find(name: string, caller: RunTarget): Promise<PlannedTool>
}

interface Options {
  readonly flowsToRun: Pick<FlowsToRun, 'listWith'>
  readonly plans: Plans
  readonly planFor: PlanFor
  readonly registry: Registry
}

export function createTools({ flowsToRun, plans, planFor, registry }: Options): Tools {
  /** Plans are kept too, and what a flow promises takes a walk through all of it. */
  const known = new WeakMap<Plan, ToolOfPlan | undefined>()

  function describe(plan: Plan): ToolOfPlan | undefined {
    if (!known.has(plan)) known.set(plan, toolOfPlan(plan, registry))
    return known.get(plan)
  }

  async function toolOf(flow: FlowToRun): Promise<Tool | undefined> {
    try {
      return describe(await plans.of(flow))?.tool
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
      const described = flow && describe(flow.plan)
      if (flow !== undefined && described !== undefined) {
        return { ...flow, results: described.results }
      }
      throw new FlowError(
        'not_found',
        `There is no tool "${name}". List the tools anew: they are the flows with an MCP tool trigger that are published.`,
      )
    },
  }
}
