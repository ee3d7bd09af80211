import { defineNode, property } from '@millrace/flow'
import { resultTypeChoice } from '../result-type.ts'

/** Runs another flow, as a run of its own, and waits for its end. */
export const runFlowNode = defineNode({
  type: 'flow.runFlow',
  version: 1,
  kind: 'action',
  title: 'Run flow',
  system: 'Flow',
  category: 'control',
  icon: 'workflow',
  description:
    'Runs another flow and waits for its end. What that flow yields goes on to the client, or, when For each yield is connected, through the nodes there.',
  tags: ['subflow', 'call', 'reuse', 'child', 'function', 'stream'],
  exec: {
    in: true,
    out: {
      forEachYield: {
        label: 'For each yield',
        block: { value: { nameFrom: 'yieldVariable', type: 'any' } },
        loop: true,
      },
      continue: { label: 'Continue' },
    },
  },
  properties: {
    flow: property.flow({
      label: 'Flow',
      help: 'The flow to run. It runs as it is saved at that moment, and shows up among the runs like any other.',
      required: true,
    }),
    inputs: property.namedValues({
      label: 'Inputs',
      help: 'What the flow starts with, each under the name of a field of its trigger.',
      names: 'identifier',
      itemLabel: 'Input',
      suggests: { inputsOfFlow: 'flow' },
      port: 1,
    }),
    yieldVariable: property.variableName({
      label: 'Yield variable name',
      help: 'The variable that holds one yielded value, inside "For each yield".',
      default: 'value',
    }),
    resultVariable: property.variableName({
      label: 'Result variable name',
      help: 'The variable that holds what the flow returns. Empty: it is dropped.',
      default: 'result',
    }),
    resultType: resultTypeChoice({ help: 'What the flow returns.' }),
  },
  outputs: {
    result: { nameFrom: 'resultVariable', type: { fromProperty: 'resultType' } },
  },
  yields: { ofFlow: 'flow', unless: 'forEachYield' },
})
