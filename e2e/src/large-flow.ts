import type { Flow, FlowNode } from '@millrace/flow'

interface LargeFlowOptions {
  readonly id: string
  /** How many nodes; an even number, of 4 or more. */
  readonly size: number
  readonly connection: string
}

/** Nodes of a row, and how far their cards are apart. */
const perRow = 20
const apart = { x: 360, y: 460 }

/**
 * A flow of real nodes: a trigger, then models that stream one after another, each with a block that
 * yields its messages. All of them have an edge, a place and no problem.
 */
export function largeFlow({ id, size, connection }: LargeFlowOptions): Flow {
  const pairs = size / 2 - 1
  const nodes: FlowNode[] = [{ id: 'trigger', type: 'chat.trigger' }]
  const edges: Flow['edges'][number][] = []
  const layout: Record<string, readonly [number, number]> = { trigger: [0, 0] }
  for (let index = 0; index < pairs; index += 1) {
    const [chat, say] = [`chat${index}`, `say${index}`]
    nodes.push(
      {
        id: chat,
        type: 'openai.streamingChatCompletion',
        title: `Ask ${index}`,
        properties: {
          connection,
          modelId: 'fake-1',
          userPrompt: { $ref: 'chatCompletionRequest.prompt' },
          streamVariable: `message${index}`,
          resultVariable: `answer${index}`,
        },
      },
      {
        id: say,
        type: 'flow.yieldReturn',
        title: `Say ${index}`,
        properties: { value: { $ref: `message${index}.content` } },
      },
    )
    const before = index === 0 ? 'trigger' : `chat${index - 1}`
    edges.push(
      { from: [before, index === 0 ? 'next' : 'continue'], to: chat },
      { from: [chat, 'forEachMessage'], to: say },
    )
    const column = (index * 2 + 1) % perRow
    const row = Math.floor((index * 2 + 1) / perRow)
    layout[chat] = [column * apart.x, row * apart.y]
    layout[say] = [(column + 1) * apart.x, row * apart.y]
  }
  nodes.push({
    id: 'end',
    type: 'flow.return',
    properties: { value: { $ref: 'chatCompletionRequest.prompt' } },
  })
  edges.push({ from: [`chat${pairs - 1}`, 'continue'], to: 'end' })
  layout['end'] = [-apart.x, 0]
  return {
    format: 'millrace/flow',
    version: 1,
    id,
    name: `${size} nodes`,
    nodes,
    edges,
    layout: { nodes: layout },
  }
}
