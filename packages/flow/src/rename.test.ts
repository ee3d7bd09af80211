import { expect, it } from 'vitest'
import { createRegistry, defineNode } from './definition.ts'
import { emptyFlow } from './empty-flow.ts'
import type { Flow } from './flow.ts'
import { property } from './property.ts'
import { renameFlowVariable } from './rename.ts'

const registry = createRegistry({
  nodes: [
    defineNode({
      type: 'flow.setVariable',
      version: 1,
      kind: 'action',
      title: 'Set variable',
      system: 'Flow',
      category: 'control',
      icon: 'variable',
      description: 'Assigns a variable of the flow.',
      exec: { in: true, out: { next: { label: 'Next' } } },
      properties: {
        variable: property.flowVariable({ label: 'Variable' }),
        value: property.value({ label: 'Value' }),
      },
    }),
  ],
  connections: [],
})

it('[F36] renames a flow variable where it is declared, read and assigned', () => {
  const flow: Flow = {
    ...emptyFlow('test', 'Test'),
    variables: [{ name: 'count', type: 'number' }],
    nodes: [
      {
        id: 'a',
        type: 'flow.setVariable',
        properties: { variable: 'count', value: { $expr: 'count + 1.0' } },
      },
      {
        id: 'b',
        type: 'flow.setVariable',
        properties: { variable: 'other', value: { $ref: 'count' } },
      },
    ],
  }
  const renamed = renameFlowVariable(flow, registry, { from: 'count', to: 'total' })
  expect(renamed.variables).toEqual([{ name: 'total', type: 'number' }])
  expect(renamed.nodes.map((node) => node.properties)).toEqual([
    { variable: 'total', value: { $expr: 'total + 1.0' } },
    { variable: 'other', value: { $ref: 'total' } },
  ])
})

it.each(['toString', 'valueOf', 'hasOwnProperty'])(
  '[F3] leaves a property alone that no definition has: %s',
  (key) => {
    const properties = { [key]: { $ref: 'count' }, variable: 'count' }
    const flow: Flow = {
      ...emptyFlow('test', 'Test'),
      variables: [{ name: 'count', type: 'number' }],
      nodes: [{ id: 'a', type: 'flow.setVariable', properties }],
    }
    const { nodes } = renameFlowVariable(flow, registry, { from: 'count', to: 'sum' })
    expect(nodes[0]?.properties).toEqual({ ...properties, variable: 'sum' })
  },
)
