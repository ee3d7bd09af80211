import { implement, type BlockEnd, type BlocksOf } from '@millrace/engine'
import { toFlowError } from '@millrace/flow'
import { exceptionOf } from './exception.ts'
import { tryCatch } from './definition.ts'

/** Ends as its *Try* or *Catch* did, after *Finally*, whose own error counts more than theirs. */
export const runTryCatch = implement(tryCatch, async ({ blocks }) => {
  try {
    return { end: await tryOrCatch(blocks) }
  } finally {
    await blocks.finally({})
  }
})

async function tryOrCatch(blocks: BlocksOf<typeof tryCatch>): Promise<BlockEnd> {
  try {
    return await blocks.try({})
  } catch (thrown) {
    return await blocks.catch({ exception: exceptionOf(toFlowError(thrown)) })
  }
}
