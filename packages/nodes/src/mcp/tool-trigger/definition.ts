import { defineNode, property } from '@millrace/flow'
import { declaredOutputs, outputVariable } from '../../triggers/declared-trigger.ts'

/** Makes a flow a tool of the server's MCP server. */
export const toolTrigger = defineNode({
  type: 'mcp.toolTrigger',
  version: 1,
  kind: 'trigger',
  title: 'MCP tool trigger',
  system: 'MCP',
  category: 'trigger',
  icon: 'wrench',
  description:
    'Makes the flow a tool that agents call over the Model Context Protocol, at /mcp. The tool is named as the id of the flow; what the flow yields, or else returns, is its answer.',
  tags: ['start', 'tool', 'agent', 'model context protocol', 'mcp', 'assistant'],
  exec: { in: false, out: { next: { label: 'Next' } } },
  properties: {
    toolDescription: property.longText({
      label: 'Tool description',
      help: 'Tells a model what the tool does, and when to call it.',
      placeholder: 'Finds the orders of a customer, the newest first.',
      required: true,
    }),
    effect: property.choice({
      label: 'Effect',
      help: 'What a call may do, told to clients, which may ask their users before they call it.',
      options: {
        read: 'Only reads',
        add: 'Adds, and leaves what there is',
        change: 'May change or delete',
      },
      default: 'change',
    }),
    fields: property.fields({
      label: 'Fields',
      help: 'The arguments of the tool, each with its type; their descriptions tell the model what to send. A call that lacks one, or sends another type, is refused with a message that the model can read. Empty: any arguments are taken as they are.',
    }),
    defaultData: property.json({
      label: 'Default data',
      help: 'What the flow starts with in the designer, and also when a call has no arguments at all.',
      placeholder: '{ "customerId": "C-100" }',
    }),
    outputVariable,
  },
  outputs: declaredOutputs,
})
