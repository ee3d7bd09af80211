import { implement, implementTrigger } from '@millrace/engine'
import { defineNode, property } from '@millrace/flow'

const start = defineNode({
  type: 'page.form',
  version: 1,
  kind: 'trigger',
  title: 'Form',
  system: 'Page',
  category: 'trigger',
  icon: 'text-cursor-input',
  description: 'Starts the flow with the text of a form.',
  exec: { in: false, out: { next: { label: 'Next' } } },
  properties: {
    textVariable: property.variableName({ label: 'Text variable name', default: 'text' }),
  },
  outputs: { text: { nameFrom: 'textVariable', type: 'text' } },
})

const words = defineNode({
  type: 'page.words',
  version: 1,
  kind: 'action',
  title: 'Words',
  system: 'Page',
  category: 'output',
  icon: 'whole-word',
  description: 'Yields each word of a text.',
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: { text: property.text({ label: 'Text', required: true, port: 1 }) },
  yields: true,
})

/** With this export, the module is a node package. */
export const nodes = [
  implementTrigger(start, ({ text }) => ({ text })),
  implement(words, ({ properties, run }) => {
    for (const word of properties.text.split(/\s+/).filter(Boolean)) run.yield(word)
  }),
]
