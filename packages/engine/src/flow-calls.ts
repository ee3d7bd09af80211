import { FlowError } from '@millrace/flow'
import type { Plan } from './plan.ts'
import type { Run } from './run-flow.ts'
import type { CalledRun, FlowCalls } from './services.ts'

/** Flows may call each other, and themselves, so many levels deep. */
export const maxCallDepth = 16

/** How whoever owns the runs finds a flow and starts it. */
export interface FlowCallsOptions {
  /** The plan of a flow. Throws `not_found` and `flow_invalid`. */
  readonly planOf: (flowId: string) => Promise<Plan>
  /** Starts a run of it, with services that have these same calls. */
  readonly start: (
    plan: Plan,
    options: { readonly input: unknown; readonly signal: AbortSignal; readonly caller: string },
  ) => Run | Promise<Run>
}

/** Lets runs call other flows. [R4] It counts how deep they are, so all runs of a process share one. */
export function createFlowCalls({ planOf, start }: FlowCallsOptions): FlowCalls {
  /** By the id of a run that was called and goes on. */
  const depths = new Map<string, number>()
  return {
    async start({ flowId, input, caller, signal }): Promise<CalledRun> {
      const depth = (depths.get(caller) ?? 0) + 1
      if (depth > maxCallDepth) throw tooDeep(flowId)
      const plan = await planOf(flowId)
      signal.throwIfAborted()
      const run = await start(plan, { input, signal, caller })
      depths.set(run.id, depth)
      void run.end.then(() => depths.delete(run.id))
      return { runId: run.id, values: valuesOf(run), end: run.end }
    },
  }
}

async function* valuesOf(run: Run): AsyncIterable<unknown> {
  for await (const event of run.events()) if (event.type === 'run-yield') yield event.value
}

function tooDeep(flowId: string): FlowError {
  return new FlowError(
    'limit_exceeded',
    `The flow "${flowId}" was not started: flows call each other more than ${maxCallDepth} levels deep here. Look for a flow that calls itself without an end.`,
    { details: { limit: 'callDepth', max: maxCallDepth } },
  )
}
