import type { NodeContext, PropertiesOf } from '@millrace/engine'
import { FlowError, type HistoryReducer, type NodeDefinition } from '@millrace/flow'
import type OpenAI from 'openai'
import { UpstreamCall } from '../../http/upstream-call.ts'
import { baseUrlOf, openAiClient, requestOptions, type Delivery } from '../client.ts'
import { quoted, withoutSecrets } from '../../without-secrets.server.ts'
import { providerError } from '../provider-error.server.ts'
import type { chatProperties } from './chat-properties.ts'
import { ChatStream } from './chat-stream.ts'
import { ownParameters, refusedParameter, without, type ChatRequest } from './request.ts'

/** What every node that asks a chat model has, however it takes the answer. */
export interface ChatContext extends Pick<
  NodeContext<NodeDefinition>,
  'title' | 'given' | 'signal' | 'run' | 'services'
> {
  readonly properties: PropertiesOf<NodeDefinition & { readonly properties: typeof chatProperties }>
  readonly attachments: { readonly historyReducer: readonly HistoryReducer[] }
}

/** One question to a model: asked in as many attempts as it takes, and recorded. */
export class ChatCall {
  /** What the model has said so far. */
  readonly said: ChatStream
  readonly #context: ChatContext
  readonly #delivery: Delivery
  readonly #call: UpstreamCall
  #request: ChatRequest
  #recorded = 0

  constructor(context: ChatContext, delivery: Delivery, request: ChatRequest) {
    const { connection } = context.properties
    this.#context = context
    this.#delivery = delivery
    this.#request = request
    this.#call = new UpstreamCall(connection.name, context.signal)
    this.said = new ChatStream(connection.name, (words) => quoted(words, connection))
  }

  /**
   * Asks, again without one of our own parameters if the model refuses it. A streamed answer comes
   * as an `UpstreamResponse` unless the server does not stream.
   */
  async open(): Promise<Response> {
    const { properties, given, services, run } = this.#context
    const client = openAiClient(properties.connection, services)
    for (;;) {
      try {
        return await this.#send(client)
      } catch (error) {
        const own = ownParameters.filter((name) => name in this.#request && !given.has(name))
        const refused = refusedParameter(error, own)
        if (refused === undefined) throw this.failure(error)
        this.#record()
        this.#request = without(this.#request, refused)
        run.log(
          'info',
          `"${properties.modelId}" takes no ${refused}, so it is asked again without it.`,
        )
      }
    }
  }

  /** Takes in an answer that came in one piece. */
  async readWhole(response: Response): Promise<void> {
    this.said.pushWhole(await response.text())
    if (this.said.failure !== undefined) throw this.failure(this.said.failure)
  }

  /** The error as the node fails with it: in our words, with what was said before. */
  failure(thrown: unknown): FlowError {
    const { connection, modelId } = this.#context.properties
    const error = providerError(this.#call.failure ?? thrown, {
      connection,
      baseUrl: baseUrlOf(connection),
      modelId,
    })
    return new FlowError(error.code, withoutSecrets(error.message, connection), {
      retryable: error.retryable,
      ...(error.property === undefined ? {} : { property: error.property }),
      details: { ...error.details, partial: this.said.content },
      cause: error.cause,
    })
  }

  /** The call is over, complete or not. Its last attempt has ended by now. */
  close(): void {
    this.#call.close()
    this.#record()
  }

  #send(client: OpenAI): Promise<Response> {
    const { messages, ...rest } = this.#request
    const body = {
      ...rest,
      ...(this.#delivery === 'streamed' ? { stream: true } : {}),
      // Roles are those that `readHistory` lets through, all of which the provider knows.
      messages: messages as OpenAI.ChatCompletionMessageParam[],
    }
    const options = requestOptions(this.#call, this.#delivery)
    return client.chat.completions.create(body, options).asResponse()
  }

  /** Records the attempts that were not recorded yet. */
  #record(): void {
    const { attempts } = this.#call
    const { run, services } = this.#context
    for (const { startedAt, firstByteAt, endedAt } of attempts.slice(this.#recorded)) {
      this.#recorded += 1
      run.call({
        kind: 'model',
        attempt: this.#recorded,
        request: this.#request,
        startedAt: Math.round(services.now() - (performance.now() - startedAt)),
        ...(firstByteAt === undefined ? {} : { firstByteMs: Math.round(firstByteAt - startedAt) }),
        ms: Math.round((endedAt ?? performance.now()) - startedAt),
        // Only the last attempt can have been answered.
        ...(this.#recorded === attempts.length ? saidBy(this.said) : { usage: null }),
      })
    }
  }
}

function saidBy({ usage, modelId, finishReason, refusal }: ChatStream) {
  return {
    usage,
    ...(modelId === undefined ? {} : { model: modelId }),
    ...(finishReason === null ? {} : { finishReason }),
    ...(refusal === null ? {} : { refusal }),
  }
}
