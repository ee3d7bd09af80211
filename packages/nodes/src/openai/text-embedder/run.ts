import { implementResource } from '@millrace/engine'
import { embedTexts } from '../embedding/embed-texts.server.ts'
import { textEmbedder } from './definition.ts'

/** Gives its host an embedder with the model that holds when the host starts. */
export const provideTextEmbedder = implementResource(textEmbedder, (context) => ({
  embed: (texts, run) => embedTexts({ ...context, run }, texts),
}))
