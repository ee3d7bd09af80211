import { implement } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import { embedTexts } from '../embedding/embed-texts.server.ts'
import { generateEmbedding } from './definition.ts'

/** Embeds the input. */
export const runGenerateEmbedding = implement(generateEmbedding, async (context) => {
  const { input } = context.properties
  if (input.trim() === '') {
    throw new FlowError(
      'input_invalid',
      `"Input" of "${context.title}" is empty: there is nothing to turn into a vector.`,
      { property: 'input' },
    )
  }
  const [embedding = []] = await embedTexts(context, [input])
  return { outputs: { embedding } }
})
