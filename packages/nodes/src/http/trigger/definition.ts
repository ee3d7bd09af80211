import { defineNode, property } from '@millrace/flow'
import { declaredOutputs, outputVariable } from '../../triggers/declared-trigger.ts'

/** Starts a flow with the JSON that an HTTP client posts. */
export const httpTrigger = defineNode({
  type: 'http.trigger',
  version: 1,
  kind: 'trigger',
  title: 'HTTP trigger',
  system: 'HTTP',
  category: 'trigger',
  icon: 'webhook',
  description:
    'Starts the flow when a program posts JSON to it, over /run, /stream or /submit. What it posts is checked before anything runs.',
  tags: ['start', 'request', 'webhook', 'api', 'body', 'post'],
  exec: { in: false, out: { next: { label: 'Next' } } },
  properties: {
    fields: property.fields({
      label: 'Fields',
      help: 'What a caller sends, each with its type. A call that lacks one, or sends another type, is refused; further fields are kept. Empty: any JSON object is taken as it is.',
    }),
    defaultData: property.json({
      label: 'Default data',
      help: 'What the flow starts with in the designer, and also when a caller sends no body at all. Leave it empty if such a call should be refused.',
      placeholder: '{ "customerId": "C-100" }',
    }),
    outputVariable,
  },
  outputs: declaredOutputs,
})
