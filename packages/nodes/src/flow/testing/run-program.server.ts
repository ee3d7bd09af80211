import { compile, createMemoryRunLog, runFlow, type Plan } from '@millrace/engine'
import { fakeServices } from '@millrace/engine/testing'
import type { Flow, Pin, RunEvent } from '@millrace/flow'
import * as own from '../../server.ts'
import type { Cut, Story } from './run-model.ts'
import { implementStream } from './stream-node.server.ts'

/** The story of a real run, with its events. */
export interface RealStory extends Story {
  readonly events: readonly RunEvent[]
  /** The number of the last event before `stopAtEvent` stopped it. */
  readonly stoppedAfter: number
}

export interface RunSetup extends Cut {
  /** Everything, unless it says otherwise. */
  readonly level?: 'summary'
  /** Stops the run at the end of the turn in which it says this event. */
  readonly stopAtEvent?: number
  /** The node behind which it stops. */
  readonly until?: string
  /** What nodes have that shall not run. */
  readonly pinned?: Readonly<Record<string, Pin>>
}

/** A plan of the real nodes, of which there can be many runs at once. */
export interface RunnableProgram {
  run(setup?: RunSetup): Promise<RealStory>
}

type SendToRun = (what: string, signal: AbortSignal) => Promise<void>

/** Compiles the flow of a program. Throws `flow_invalid`. */
export function prepareProgram(flow: Flow): RunnableProgram {
  const providers = new Map<string, SendToRun>()
  const stream = implementStream(async (runId, what, signal) => {
    await providers.get(runId)?.(what, signal)
  })
  const plan = compile(flow, [own, { nodes: [stream] }])
  let runs = 0
  return {
    run(setup = {}) {
      runs += 1
      const runId = `run-${runs}`
      return runPlan(plan, { runId, setup, listen: (send) => providers.set(runId, send) })
    },
  }
}

interface PlannedRun {
  readonly runId: string
  readonly setup: RunSetup
  readonly listen: (send: SendToRun) => void
}

/**
 * Runs a plan in the real engine. Its provider sends nothing before the log has what was yielded
 * until then: whatever is told in another order was held back.
 */
async function runPlan(plan: Plan, { runId, setup, listen }: PlannedRun): Promise<RealStory> {
  const trace: string[] = []
  const stop = new AbortController()
  let sent = 0
  let stoppedAfter = Infinity
  listen(async (what, signal) => {
    const number = sent
    sent += 1
    await new Promise(setImmediate)
    if (number === setup.stopAt) stop.abort()
    signal.throwIfAborted()
    trace.push(what)
  })
  const log = createMemoryRunLog()
  log.listen(runId, (batch) => {
    for (const { event } of batch) {
      if (event.type === 'run-yield') trace.push(`yield ${JSON.stringify(event.value)}`)
      if (event.seq !== setup.stopAtEvent) continue
      stoppedAfter = batch.at(-1)?.event.seq ?? stoppedAfter
      stop.abort()
    }
  })
  const run = runFlow(plan, {
    runId,
    input: { prompt: 'Hi' },
    services: fakeServices(),
    log,
    signal: stop.signal,
    trace: setup.level ?? 'full',
    ...(setup.until === undefined ? {} : { until: setup.until }),
    pinned: new Map(Object.entries(setup.pinned ?? {}).map(([id, pin]) => [id, () => pin])),
    ...(setup.steps === undefined ? {} : { limits: { steps: setup.steps } }),
  })
  const events: RunEvent[] = []
  for await (const event of run.events()) events.push(event)
  return { trace, end: endOf(events.at(-1)), events, stoppedAfter }
}

function endOf(event: RunEvent | undefined): string {
  if (event?.type !== 'run-end') return 'none'
  const { outcome, result, error } = event
  if (outcome === 'completed') return `completed ${JSON.stringify(result)}`
  return error === undefined ? outcome : `${outcome} ${error.code} at ${error.nodeId}`
}
