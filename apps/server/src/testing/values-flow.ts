import type { Flow, JsonValue } from '@millrace/flow'

/** Chat trigger → yields these values, and returns one where it is given. */
export function valuesFlow(id: string, yields: readonly JsonValue[], returned?: JsonValue): Flow {
  const steps = [
    ...yields.map((value) => ({ type: 'flow.yieldReturn', properties: { value } })),
    ...(returned === undefined ? [] : [{ type: 'flow.return', properties: { value: returned } }]),
  ]
  const nodes = [{ type: 'chat.trigger' }, ...steps].map((node, index) => ({
    id: `node${index}`,
    ...node,
  }))
  return {
    format: 'millrace/flow',
    version: 1,
    id,
    name: id,
    nodes,
    edges: nodes.slice(1).map((node, index) => ({ from: [`node${index}`, 'next'], to: node.id })),
  }
}
