import { defineNode, property } from '@millrace/flow'
import { resultTypeChoice } from '../result-type.ts'

/** Runs code of the designer in a sandbox. */
export const functionNode = defineNode({
  type: 'flow.function',
  version: 1,
  kind: 'action',
  title: 'Function',
  system: 'Flow',
  category: 'control',
  icon: 'braces',
  description:
    'Runs JavaScript or TypeScript of your own, for what no other node does. The code sees its inputs and nothing else: no network, no files, no timers.',
  tags: ['code', 'javascript', 'typescript', 'script', 'custom', 'transform', 'map'],
  exec: { in: true, out: { next: { label: 'Next' } } },
  properties: {
    inputs: property.namedValues({
      label: 'Inputs',
      help: 'What the code can read, each under its name.',
      names: 'identifier',
      itemLabel: 'Input',
      suggests: { namesInCode: 'code' },
      port: 1,
    }),
    code: property.code({
      label: 'Code',
      help: 'The body of a function: `return` gives its result, `await` is allowed, and `console.log` writes to the log of the run.',
      required: true,
      inputs: 'inputs',
    }),
    resultVariable: property.variableName({
      label: 'Result variable name',
      help: 'The variable that holds what the code returns. Empty: it is dropped.',
      default: 'result',
    }),
    resultType: resultTypeChoice({ help: 'What the code returns.' }),
    timeout: property.number({
      label: 'Timeout',
      help: 'How many seconds the code may run, before it is stopped. Empty: 5.',
      minimum: 0.1,
      maximum: 60,
      default: 5,
      unit: 'seconds',
    }),
    memory: property.number({
      label: 'Memory',
      help: 'How many MiB the code may use. Empty: 32.',
      minimum: 1,
      maximum: 256,
      integer: true,
      default: 32,
      unit: 'MiB',
    }),
  },
  outputs: {
    result: { nameFrom: 'resultVariable', type: { fromProperty: 'resultType' } },
  },
})
