import { defineNode } from '@millrace/flow'
import { splitterProperties } from '../splitting/splitter-properties.ts'

/** Cuts texts for the node that it is attached to. */
export const textSplitter = defineNode({
  type: 'text.splitter',
  version: 1,
  kind: 'resource',
  title: 'Text splitter',
  system: 'Text',
  category: 'attachment',
  icon: 'scissors',
  description:
    'Cuts a text into the pieces that are embedded and found one by one. Attach it to Save vectors.',
  tags: ['chunk', 'piece', 'rag', 'tokens', 'markdown', 'document'],
  provides: 'textSplitter',
  properties: splitterProperties,
})
