import { defineNode } from '@millrace/flow'
import { embeddingProperties } from '../embedding/embedding-properties.ts'

/** Turns texts into vectors for the node that it is attached to. */
export const textEmbedder = defineNode({
  type: 'openai.textEmbedder',
  version: 1,
  kind: 'resource',
  title: 'Text embedder',
  system: 'OpenAI',
  category: 'attachment',
  icon: 'openai',
  description:
    'Turns texts into vectors, so that they can be compared by meaning. Attach it to Search vectors or Save vectors.',
  tags: ['embedding', 'vector', 'rag', 'semantic'],
  provides: 'textEmbedder',
  properties: embeddingProperties,
})
