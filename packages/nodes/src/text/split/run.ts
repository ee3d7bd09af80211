import { implement, next } from '@millrace/engine'
import { createSplitter } from '../splitting/create-splitter.server.ts'
import { withPauses } from '../splitting/with-pauses.server.ts'
import { splitText } from './definition.ts'

/** Runs the block for one piece after the other. */
export const runSplitText = implement(splitText, async (context) => {
  const { properties, blocks, signal } = context
  const split = await createSplitter(context)
  for await (const textChunk of withPauses(split(properties.inputText), signal)) {
    const end = await blocks.forEachChunk({ textChunk })
    if (end.kind === 'break') break
    if (end.kind !== 'next' && end.kind !== 'continue') return { end }
  }
  return { end: next }
})
