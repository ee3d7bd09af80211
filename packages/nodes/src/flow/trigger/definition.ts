import { defineNode, property } from '@millrace/flow'
import { declaredOutputs, outputVariable } from '../../triggers/declared-trigger.ts'

/** Starts a flow with what another flow gives it. */
export const flowTrigger = defineNode({
  type: 'flow.trigger',
  version: 1,
  kind: 'trigger',
  title: 'Flow trigger',
  system: 'Flow',
  category: 'trigger',
  icon: 'workflow',
  description:
    'Starts the flow when the Run flow node of another flow calls it. The inputs that it is given are checked before anything runs.',
  tags: ['start', 'subflow', 'call', 'input', 'parameter', 'argument'],
  exec: { in: false, out: { next: { label: 'Next' } } },
  properties: {
    fields: property.fields({
      label: 'Fields',
      help: 'The inputs of the flow, each with its type. A call that lacks one, or gives another type, is refused; further inputs are kept. Empty: any inputs are taken as they are.',
    }),
    defaultData: property.json({
      label: 'Default data',
      help: 'What the flow starts with in the designer, and also when a caller gives no inputs at all. Leave it empty if such a call should be refused.',
      placeholder: '{ "text": "Hello" }',
    }),
    outputVariable,
  },
  outputs: declaredOutputs,
})
