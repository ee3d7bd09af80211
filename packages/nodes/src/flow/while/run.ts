import { implement } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import { whileNode } from './definition.ts'

/** Runs the sub-block until the condition does not hold, or it jumps out; not for ever. */
export const runWhile = implement(whileNode, async ({ properties, blocks, title }) => {
  const { condition, maximumIterations } = properties
  for (let round = 0; condition(); round += 1) {
    if (round >= maximumIterations) throw tooManyRounds(title, maximumIterations)
    const end = await blocks.whileTrue({})
    if (end.kind === 'break') break
    if (end.kind !== 'next' && end.kind !== 'continue') return { end }
  }
  return {}
})

function tooManyRounds(title: string, max: number): FlowError {
  return new FlowError(
    'limit_exceeded',
    `The condition of "${title}" still holds after ${max} iterations. Change what makes it true, or raise its Maximum iterations.`,
    { property: 'maximumIterations', details: { limit: 'maximumIterations', max } },
  )
}
