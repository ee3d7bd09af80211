import { implement, type NodePackage } from '@millrace/engine'
import { defineNode, property } from '@millrace/flow'

const forEachWord = defineNode({
  type: 'example.forEachWord',
  version: 1,
  kind: 'action',
  title: 'For each word',
  system: 'Example',
  category: 'control',
  icon: 'whole-word',
  description: 'Runs its block once for each word of a text.',
  exec: {
    in: true,
    out: {
      forEachWord: {
        label: 'For each word',
        block: { word: { nameFrom: 'wordVariable', type: 'text' } },
        loop: true,
      },
      continue: { label: 'Continue' },
    },
  },
  properties: {
    text: property.text({ label: 'Text', required: true, port: 1 }),
    wordVariable: property.variableName({ label: 'Word variable name', default: 'word' }),
    countVariable: property.variableName({ label: 'Count variable name', default: 'count' }),
  },
  outputs: { count: { nameFrom: 'countVariable', type: 'number' } },
})

/** With this export, the module is a node package. */
export const nodes: NodePackage['nodes'] = [
  implement(forEachWord, async ({ properties, blocks }) => {
    let count = 0
    for (const word of properties.text.split(/\s+/).filter(Boolean)) {
      count += 1
      const end = await blocks.forEachWord({ word })
      if (end.kind === 'break') break
      // A block that ended with a return, or was cancelled, ends this node and the run too.
      if (end.kind !== 'next' && end.kind !== 'continue') return { outputs: { count }, end }
    }
    return { outputs: { count } }
  }),
]
