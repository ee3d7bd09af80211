import { implement, type BlockEnd, type Implementation } from '@millrace/engine'
import { defineNode, FlowError, property } from '@millrace/flow'
import { streamingChatCompletion } from '../../openai/streaming-chat-completion/definition.ts'

/** A node that streams what its properties say, at the pace of a provider that the test drives. */
export const streamNode = defineNode({
  type: 'test.stream',
  version: 1,
  kind: 'action',
  title: 'Stream',
  system: 'Test',
  category: 'model',
  icon: 'test',
  description: 'Streams given messages.',
  exec: streamingChatCompletion.exec,
  properties: {
    messages: property.value({ label: 'Messages', type: { list: 'text' }, required: true }),
    isCut: property.boolean({ label: 'Cut', default: false }),
    streamVariable: property.variableName({ label: 'Stream variable', default: 'message' }),
    resultVariable: property.variableName({ label: 'Result variable', default: 'said' }),
  },
  outputs: { said: { nameFrom: 'resultVariable', type: 'text' } },
  streams: true,
})

/** Resolves when the provider sends the next thing to a run; rejects when the signal is aborted. */
type Send = (runId: string, what: string, signal: AbortSignal) => Promise<void>

/** Streams by this provider. */
export function implementStream(send: Send): Implementation {
  return implement(streamNode, async ({ nodeId, properties, blocks, run, signal }) => {
    let said = ''
    for (const [index, content] of properties.messages.entries()) {
      await send(run.id, `${nodeId} sends ${content}`, signal)
      said += content
      const end: BlockEnd = await blocks.forEachMessage({ message: { content, index } })
      if (end.kind === 'break') return { outputs: { said } }
      if (end.kind !== 'next' && end.kind !== 'continue') return { outputs: { said }, end }
    }
    await send(run.id, `${nodeId} ends`, signal)
    if (properties.isCut) {
      throw new FlowError('upstream_truncated', 'Cut.', { details: { partial: said } })
    }
    return { outputs: { said } }
  })
}
