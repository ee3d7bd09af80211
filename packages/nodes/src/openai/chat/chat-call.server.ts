import type { NodeContext, PropertiesOf } from '@millrace/engine'
import type { FlowError, HistoryReducer, NodeDefinition } from '@millrace/flow'
import type OpenAI from 'openai'
import { quoted } from '../../without-secrets.server.ts'
import type { Delivery } from '../client.ts'
import { ModelCall, type CallerContext } from '../model-call.server.ts'
import { refusedParameter } from '../refused-parameter.ts'
import type { chatProperties } from './chat-properties.ts'
import { ChatStream } from './chat-stream.ts'
import { ownParameters, without, type ChatRequest } from './request.ts'

/** What every node that asks a chat model has, however it takes the answer. */
export interface ChatContext
  extends CallerContext, Pick<NodeContext<NodeDefinition>, 'title' | 'given'> {
  readonly properties: PropertiesOf<NodeDefinition & { readonly properties: typeof chatProperties }>
  readonly attachments: { readonly historyReducer: readonly HistoryReducer[] }
}

/** One question to a chat model. */
export class ChatCall {
  /** What the model has said so far. */
  readonly said: ChatStream
  readonly #call: ModelCall<ChatRequest>

  constructor(context: ChatContext, delivery: Delivery, request: ChatRequest) {
    const { connection, modelId } = context.properties
    const said = new ChatStream(connection.name, (words) => quoted(words, connection))
    this.said = said
    this.#call = new ModelCall(context, {
      connection,
      model: { id: modelId, purpose: 'chat' },
      delivery,
      request,
      send: (client, asked, options) =>
        client.chat.completions.create(bodyOf(asked, delivery), options).asResponse(),
      adapt: (asked, error) => withoutRefused(asked, error, context.given),
      recorded: (asked) => asked,
      answered: () => saidBy(said),
    })
  }

  /** Asks. A streamed answer comes as an `UpstreamResponse` unless the server does not stream. */
  async open(): Promise<Response> {
    try {
      return await this.#call.open()
    } catch (error) {
      throw this.failure(error)
    }
  }

  /** Takes in an answer that came in one piece. */
  async readWhole(response: Response): Promise<void> {
    this.said.pushWhole(await response.text())
    if (this.said.failure !== undefined) throw this.failure(this.said.failure)
  }

  /** The error as the node fails with it: in our words, with what was said before. */
  failure(thrown: unknown): FlowError {
    const error = this.#call.failure(thrown)
    return error.saying(error.message, { partial: this.said.content })
  }

  /** The call is over, complete or not. Its last attempt has ended by now. */
  close(): void {
    this.#call.close()
  }
}

function bodyOf({ messages, ...rest }: ChatRequest, delivery: Delivery) {
  return {
    ...rest,
    ...(delivery === 'streamed' ? { stream: true } : {}),
    // Roles are those that `readHistory` lets through, all of which the provider knows.
    messages: messages as OpenAI.ChatCompletionMessageParam[],
  }
}

/** The request without one of our own parameters, if that is what the model refuses. */
function withoutRefused(request: ChatRequest, error: unknown, given: ReadonlySet<string>) {
  const own = ownParameters.filter((name) => name in request && !given.has(name))
  const refused = refusedParameter(error, own)
  return refused === undefined ? undefined : { request: without(request, refused), refused }
}

function saidBy({ usage, modelId, finishReason, refusal }: ChatStream) {
  return {
    usage,
    ...(modelId === undefined ? {} : { model: modelId }),
    ...(finishReason === null ? {} : { finishReason }),
    ...(refusal === null ? {} : { refusal }),
  }
}
