import {
  next,
  type BlockEnd,
  type CallRecord,
  type NodeContext,
  type Services,
} from '@millrace/engine'
import { fakeServices } from '@millrace/engine/testing'
import { toFlowError, type ErrorShape, type HistoryReducer, type ValueOf } from '@millrace/flow'
import type { streamingChatCompletion } from '../openai/streaming-chat-completion/definition.ts'
import { runStreamingChatCompletion } from '../openai/streaming-chat-completion/run.ts'

type Context = NodeContext<typeof streamingChatCompletion>

export interface StreamingSetup {
  readonly url: string
  /** Those that the flow gives; a model, a prompt and the defaults are there anyway. */
  readonly properties?: Partial<Context['properties']>
  readonly fields?: Readonly<Record<string, unknown>>
  readonly reducer?: HistoryReducer
  /** What the sub-block does with each message. */
  readonly block?: (message: ValueOf<'message'>) => BlockEnd | Promise<BlockEnd>
  readonly signal?: AbortSignal
  readonly services?: Services
}

/** What running the node did. */
export interface StreamingRun {
  readonly messages: readonly ValueOf<'message'>[]
  readonly deltas: readonly string[]
  readonly calls: readonly CallRecord[]
  readonly logs: readonly string[]
  readonly response: ValueOf<'chatResponse'> | undefined
  readonly end: BlockEnd
  readonly error: ErrorShape | undefined
}

/** Runs a streaming chat completion by itself, against a provider, and tells what it did. */
export async function runStreaming(setup: StreamingSetup): Promise<StreamingRun> {
  const messages: ValueOf<'message'>[] = []
  const deltas: string[] = []
  const calls: CallRecord[] = []
  const logs: string[] = []
  const context: Context = {
    nodeId: 'chat',
    title: 'Chat',
    properties: {
      connection: {
        id: 'test',
        kind: 'openai',
        name: 'Test provider',
        fields: { baseUrl: setup.url, apiKey: 'sk-secret', ...setup.fields },
      },
      modelId: 'gpt-4o-mini',
      userPrompt: 'Hi',
      systemPrompt: undefined,
      history: undefined,
      context: undefined,
      promptTemplate: undefined,
      temperature: 0.7,
      maxCompletionTokens: undefined,
      streamVariable: 'message',
      resultVariable: 'response',
      ...setup.properties,
    },
    given: new Set(Object.keys(setup.properties ?? {})),
    attachments: { historyReducer: setup.reducer === undefined ? [] : [setup.reducer] },
    blocks: {
      async forEachMessage({ message }) {
        messages.push(message)
        return (await setup.block?.(message)) ?? next
      },
    },
    signal: setup.signal ?? new AbortController().signal,
    run: {
      id: 'run-1',
      flowId: 'flow',
      isTracedFully: true,
      yield: () => undefined,
      log: (_, message) => logs.push(message),
      delta: (text) => deltas.push(text),
      call: (record) => calls.push(record),
      setVariable: () => undefined,
    },
    services: setup.services ?? fakeServices(),
  }
  if (runStreamingChatCompletion.kind !== 'action') throw new Error('It is an action.')
  const seen = { messages, deltas, calls, logs }
  try {
    const result = (await runStreamingChatCompletion.run(context as never)) ?? {} // the node's own context
    const response = result.outputs?.['response'] as ValueOf<'chatResponse'> | undefined
    return { ...seen, response, end: result.end ?? next, error: undefined }
  } catch (error) {
    return { ...seen, response: undefined, end: next, error: toFlowError(error).toShape() }
  }
}
