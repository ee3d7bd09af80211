import type { JsonObject } from '@millrace/flow'
import type { ApiTarget } from './api-target.ts'

/** A way to run a flow over HTTP; each is a POST. */
export type CallName = 'completion' | 'chat' | 'stream' | 'run' | 'submit'

export interface FlowCall {
  readonly name: CallName
  readonly title: string
  /** What comes, in a sentence. */
  readonly summary: string
}

/** The ways to run a flow, the one that fits best first. */
export function callsOf({ kind }: Pick<ApiTarget, 'kind'>): readonly FlowCall[] {
  const stream: FlowCall = {
    name: 'stream',
    title: 'Stream',
    summary: 'Each value as it is yielded: server-sent events, NDJSON or a JSON array, by Accept.',
  }
  const submit: FlowCall = {
    name: 'submit',
    title: 'Background',
    summary: 'Starts a run of up to 8 hours. GET /api/runs/{runId} tells how it stands.',
  }
  switch (kind) {
    case 'chat':
      return [
        {
          name: 'completion',
          title: 'OpenAI',
          summary: 'OpenAI’s chat completion, streamed or whole. The model is the id of the flow.',
        },
        {
          name: 'chat',
          title: 'AI SDK',
          summary: 'The UI message stream of the AI SDK, for useChat.',
        },
        stream,
        submit,
      ]
    case 'stream':
      return [stream, submit]
    case 'run':
      return [
        {
          name: 'run',
          title: 'Run',
          summary: 'What the flow returns, as JSON.',
        },
        stream,
        submit,
      ]
  }
}

/** The path of a call of a flow. */
export function pathOf(call: CallName, flowId: string): string {
  return call === 'completion'
    ? '/v1/chat/completions'
    : `/api/flows/${encodeURIComponent(flowId)}/${call}`
}

/** Where a flow is called; without a word about where it runs, that is production. */
export function addressOf(target: ApiTarget, call: CallName): string {
  return `${target.serverUrl}${pathOf(call, target.flowId)}${queryOf(target)}`
}

/** Where agents find the tools of an environment, the flow among them. */
export function toolServerOf(target: Pick<ApiTarget, 'serverUrl' | 'environment'>): string {
  return `${target.serverUrl}/mcp${queryOf(target)}`
}

function queryOf({ environment }: Pick<ApiTarget, 'environment'>): string {
  return environment === 'production' ? '' : `?env=${environment}`
}

/** What is sent to run a flow with an input. */
export function bodyOf(
  call: CallName,
  { flowId, input, isStreamed }: Pick<ApiTarget, 'flowId' | 'input'> & { isStreamed: boolean },
): JsonObject {
  switch (call) {
    case 'completion':
      return {
        model: flowId,
        messages: [{ role: 'user', content: textIn(input, 'prompt') }],
        ...(isStreamed ? { stream: true } : {}),
      }
    case 'chat': {
      const { context } = input
      const text = textIn(input, 'prompt')
      return {
        id: textIn(input, 'sessionId'),
        messages: [{ id: 'message-1', role: 'user', parts: [{ type: 'text', text }] }],
        ...(context === undefined ? {} : { context }),
      }
    }
    case 'stream':
    case 'run':
    case 'submit':
      return input
  }
}

/** A text of an input; of a chat it has them. */
export function textIn(input: JsonObject, name: string): string {
  const value = input[name]
  return typeof value === 'string' ? value : ''
}
