import { FlowError } from '@millrace/flow'
import type { Plan } from './plan.ts'
import type { Run } from './run-flow.ts'
import type { CalledRun, FlowCalls } from './services.ts'

/** Flows may call each other, and themselves, so many levels deep. */
const maxCallDepth = 16

/** How whoever owns the runs finds a flow and starts it. */
export interface FlowCallsOptions {
  /** The plan of a flow. Throws `not_found` and `flow_invalid`. */
  readonly planOf: (flowId: string) => Promise<Plan>
  readonly newId: () => string
  /** Starts a run of it under the given id, with services that have these same calls. */
  readonly start: (plan: Plan, call: StartedCall) => Run | Promise<Run>
}

/** A run that is to be started, because another one calls it. */
export interface StartedCall {
  readonly runId: string
  readonly input: unknown
  readonly signal: AbortSignal
  readonly caller: string
}

/** Lets runs call other flows. [R4] It counts how deep they are, so all runs of a process share one. */
export function createFlowCalls({ planOf, newId, start }: FlowCallsOptions): FlowCalls {
  /** By the id of a run that was called and goes on; there before it starts, as it may call at once. */
  const depths = new Map<string, number>()
  return {
    async start({ flowId, input, caller, signal }): Promise<CalledRun> {
      const depth = (depths.get(caller) ?? 0) + 1
      if (depth > maxCallDepth) throw tooDeep()
      const plan = await planOf(flowId)
      signal.throwIfAborted()
      const runId = newId()
      depths.set(runId, depth)
      try {
        const run = await start(plan, { runId, input, signal, caller })
        void run.end.then(() => depths.delete(runId))
        return { runId, values: valuesOf(run), end: run.end }
      } catch (error) {
        depths.delete(runId)
        throw error
      }
    },
  }
}

async function* valuesOf(run: Run): AsyncIterable<unknown> {
  for await (const event of run.events()) if (event.type === 'run-yield') yield event.value
}

function tooDeep(): FlowError {
  return new FlowError(
    'limit_exceeded',
    `Flows call each other more than ${maxCallDepth} levels deep here. Look for a flow that calls itself without an end.`,
    { details: { limit: 'callDepth', max: maxCallDepth } },
  )
}
