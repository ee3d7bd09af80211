import { implement } from '@millrace/engine'
import { forEach } from './definition.ts'

/** Runs the sub-block for one item after another, until one of them jumps out. */
export const runForEach = implement(forEach, async ({ properties, blocks }) => {
  for (const [index, item] of properties.items.entries()) {
    const end = await blocks.forEachItem({ item, index })
    if (end.kind === 'break') break
    if (end.kind !== 'next' && end.kind !== 'continue') return { end }
  }
  return {}
})
