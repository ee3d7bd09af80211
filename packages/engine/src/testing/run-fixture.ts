import type { Flow, RunEvent } from '@millrace/flow'
import { compile } from '../compile.ts'
import { runFlow, type Run, type RunOptions } from '../run-flow.ts'
import { fakeServices } from './fake-services.ts'
import { fixtures } from './fixture-nodes.ts'

/** Starts a flow of test nodes. */
export function start(flow: Flow, options: Partial<RunOptions> = {}): Run {
  const plan = compile(flow, fixtures)
  return runFlow(plan, { input: {}, services: fakeServices(), ...options })
}

/** All events of a run, once it has ended. */
export async function eventsOf(run: Run): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  for await (const event of run.events()) events.push(event)
  return events
}

/** One short line an event: what a reader of the log would see. */
export function lines(events: readonly RunEvent[]): string[] {
  return events.map((event) => {
    switch (event.type) {
      case 'node-start':
        return `start ${event.nodeId}#${event.visit}${event.parent === undefined ? '' : ` in ${event.parent}.${event.port}`}`
      case 'node-end':
        return `end #${event.visit}${event.skipped === true ? ' skipped' : ''}`
      case 'node-error':
        return `error #${event.visit} ${event.error.code}`
      case 'run-yield':
        return `yield ${JSON.stringify(event.value)}`
      case 'run-end':
        return `run ${event.outcome}`
      default:
        return event.type
    }
  })
}
