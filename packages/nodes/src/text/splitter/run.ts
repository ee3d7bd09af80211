import { implementResource } from '@millrace/engine'
import { createSplitter } from '../splitting/create-splitter.server.ts'
import { withPauses } from '../splitting/with-pauses.server.ts'
import { textSplitter } from './definition.ts'

/** Gives its host a splitter with the sizes that hold when the host starts. */
export const provideTextSplitter = implementResource(textSplitter, async (context) => {
  const split = await createSplitter(context)
  return {
    async split(text) {
      const pieces: string[] = []
      for await (const piece of withPauses(split(text), context.signal)) pieces.push(piece)
      return pieces
    },
  }
})
