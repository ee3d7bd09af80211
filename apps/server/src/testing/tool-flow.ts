import type { Flow, FlowNode, JsonValue } from '@millrace/flow'

const trigger = {
  type: 'mcp.toolTrigger',
  properties: {
    toolDescription: 'Finds orders.',
    effect: 'read',
    fields: [
      { name: 'customer', type: 'text', description: 'Its number' },
      { name: 'most', type: 'number', optional: true },
    ],
  },
}

/** MCP tool trigger → these nodes, one after the other, by the ids `node1`, `node2` and so on. */
export function toolFlow(id: string, steps: readonly Omit<FlowNode, 'id'>[], changes = {}): Flow {
  const nodes = [trigger, ...steps].map((node, index) => ({ id: `node${index}`, ...node }))
  return {
    format: 'millrace/flow',
    version: 1,
    id,
    name: `The ${id}`,
    nodes,
    edges: steps.map((_, index) => ({ from: [`node${index}`, 'next'], to: `node${index + 1}` })),
    ...changes,
  }
}

/** A *Return* of this value. */
export function returning(value: JsonValue): Omit<FlowNode, 'id'> {
  return { type: 'flow.return', properties: { value } }
}

/** A *Yield return* of this value. */
export function yielding(value: JsonValue): Omit<FlowNode, 'id'> {
  return { type: 'flow.yieldReturn', properties: { value } }
}
