import { implement } from '@millrace/engine'
import { waitNode } from './definition.ts'

const millisecondsIn = { milliseconds: 1, seconds: 1000, minutes: 60_000 } as const

/** Waits by the services' clock, and no longer than the run. */
export const runWait = implement(waitNode, async ({ properties, services, signal }) => {
  await services.wait(properties.duration * millisecondsIn[properties.unit], signal)
})
