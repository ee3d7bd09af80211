import {
  next,
  type BlockEnd,
  type CallRecord,
  type Implementation,
  type NodeContext,
  type Services,
} from '@millrace/engine'
import { fakeServices } from '@millrace/engine/testing'
import { toFlowError, type ErrorShape, type HistoryReducer, type ValueOf } from '@millrace/flow'
import { runChatCompletion } from '../openai/chat-completion/run.ts'
import type { streamingChatCompletion } from '../openai/streaming-chat-completion/definition.ts'
import { runStreamingChatCompletion } from '../openai/streaming-chat-completion/run.ts'
import {
  startProvider,
  type ProviderScript,
  type ScriptedProvider,
} from './scripted-provider.server.ts'

type Context = NodeContext<typeof streamingChatCompletion>

export interface ChatSetup {
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
export interface ChatRun {
  readonly messages: readonly ValueOf<'message'>[]
  readonly deltas: readonly string[]
  readonly calls: readonly CallRecord[]
  readonly logs: readonly string[]
  readonly response: ValueOf<'chatResponse'> | undefined
  readonly end: BlockEnd
  readonly error: ErrorShape | undefined
}

/** Runs a streaming chat completion by itself, against a provider, and tells what it did. */
export function runStreaming(setup: ChatSetup): Promise<ChatRun> {
  return ask(runStreamingChatCompletion, setup)
}

/** Runs a chat completion that comes whole, in the same way. */
export function runWhole(setup: ChatSetup): Promise<ChatRun> {
  return ask(runChatCompletion, setup)
}

/** What a run did, and what it asked of its provider. */
interface ScriptedRun extends ChatRun {
  readonly requests: ScriptedProvider['requests']
}

/** Runs the streaming node once against a provider that answers by a script. */
export async function streamFrom(
  script: ProviderScript,
  setup: Omit<ChatSetup, 'url'> = {},
): Promise<ScriptedRun> {
  await using provider = await startProvider(script)
  const result = await runStreaming({ url: provider.url, ...setup })
  return { ...result, requests: provider.requests }
}

async function ask(node: Implementation, setup: ChatSetup): Promise<ChatRun> {
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
    connected: new Set(['forEachMessage']),
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
      nodeId: 'chat',
      isTracedFully: true,
      yield: () => undefined,
      log: (_, message) => logs.push(message),
      delta: (text) => deltas.push(text),
      call: (record) => calls.push(record),
      waitWithin: (running) => running,
      setVariable: () => undefined,
    },
    services: setup.services ?? fakeServices(),
  }
  if (node.kind !== 'action') throw new Error('It is an action.')
  const seen = { messages, deltas, calls, logs }
  try {
    const result = (await node.run(context as never)) ?? {} // has all that either node has
    const response = result.outputs?.['response'] as ValueOf<'chatResponse'> | undefined
    return { ...seen, response, end: result.end ?? next, error: undefined }
  } catch (error) {
    return { ...seen, response: undefined, end: next, error: toFlowError(error).toShape() }
  }
}
