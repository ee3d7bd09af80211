import { defineNode, property } from '@millrace/flow'
import { embeddingProperties } from '../embedding/embedding-properties.ts'

/** Turns one text into a vector, for what the database nodes do not do by themselves. */
export const generateEmbedding = defineNode({
  type: 'openai.generateEmbedding',
  version: 1,
  kind: 'action',
  title: 'Generate embedding',
  system: 'OpenAI',
  category: 'model',
  icon: 'openai',
  description:
    'Turns a text into a vector: a list of numbers that stands for its meaning. Take it to store or compare vectors yourself; Search vectors and Save vectors have a Text embedder instead.',
  tags: ['AI', 'embedding', 'vector', 'semantic', 'rag', 'similarity'],
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    ...embeddingProperties,
    dimensions: { ...embeddingProperties.dimensions, port: 2 },
    input: property.value({
      label: 'Input',
      help: 'The text that is turned into a vector.',
      required: true,
      type: 'text',
      placeholder: 'Enter the text',
      port: 3,
    }),
    resultVariable: property.variableName({
      label: 'Result variable name',
      help: 'The variable that holds the vector, a list of numbers. Empty: no variable.',
      default: 'embedding',
    }),
  },
  outputs: { embedding: { nameFrom: 'resultVariable', type: { list: 'number' } } },
})
