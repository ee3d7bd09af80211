import { defineNode, property } from '@millrace/flow'
import { splitterProperties } from '../splitting/splitter-properties.ts'

/** Cuts a text into pieces and runs a block for each. */
export const splitText = defineNode({
  type: 'text.split',
  version: 1,
  kind: 'action',
  title: 'Split text',
  system: 'Text',
  category: 'data',
  icon: 'scissors',
  description:
    'Cuts a text into pieces and runs a block for each of them, in their order. Take it to embed, translate or summarise a long text piece by piece.',
  tags: ['chunk', 'piece', 'rag', 'tokens', 'markdown', 'loop', 'document', 'for each'],
  exec: {
    in: true,
    out: {
      forEachChunk: {
        label: 'For each chunk',
        loop: true,
        block: { textChunk: { nameFrom: 'textChunkVariable', type: 'text' } },
      },
      continue: { label: 'Continue' },
    },
  },
  properties: {
    inputText: property.value({
      label: 'Input text',
      help: 'The text that is cut. An empty one has no pieces.',
      required: true,
      type: 'text',
      placeholder: 'Enter the text',
      port: 1,
    }),
    ...splitterProperties,
    textChunkVariable: property.variableName({
      label: 'Text chunk variable name',
      help: 'The variable that holds one piece, inside the block.',
      required: true,
      default: 'textChunk',
    }),
  },
})
