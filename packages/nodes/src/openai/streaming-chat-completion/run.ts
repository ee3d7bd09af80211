import { cancelled, implement, next, type BlockEnd, type NodeContext } from '@millrace/engine'
import { FlowError, type ChatMessage } from '@millrace/flow'
import type OpenAI from 'openai'
import { readHistory } from '../../chat/read-history.ts'
import type { UpstreamBody } from '../../http/upstream-body.ts'
import { UpstreamCall } from '../../http/upstream-call.ts'
import { UpstreamResponse } from '../../http/upstream-fetch.server.ts'
import { ChatStream } from '../chat-stream.ts'
import { baseUrlOf, openAiClient, requestOptions } from '../client.ts'
import { withoutSecrets } from '../../without-secrets.server.ts'
import { providerError } from '../provider-error.server.ts'
import { answerOf } from './answer.ts'
import { composeMessages } from './compose-messages.ts'
import { streamingChatCompletion } from './definition.ts'
import {
  chatRequest,
  ownParameters,
  refusedParameter,
  without,
  type ChatRequest,
} from './request.ts'

type Context = NodeContext<typeof streamingChatCompletion>

/** How long an answer that is complete may take to close its stream, in milliseconds. */
const settleMs = 1000

/** Asks the model, runs the sub-block for each message, and gives the whole answer at the end. */
export const runStreamingChatCompletion = implement(streamingChatCompletion, async (context) => {
  const { properties, signal } = context
  const history = await reducedHistory(context)
  const request = chatRequest({
    modelId: properties.modelId,
    messages: composeMessages({ ...properties, history }),
    temperature: properties.temperature,
    maxCompletionTokens: properties.maxCompletionTokens,
  })
  const answer = new Answer(context, request)
  try {
    const end = await answer.stream()
    if (end.kind === 'return' || end.kind === 'cancelled') return { end }
  } catch (error) {
    // A stopped run breaks whatever is under way; that is no failure of the model.
    if (signal.aborted) return { end: cancelled }
    throw error
  } finally {
    answer.close()
  }
  const { modelId, userPrompt } = properties
  return { outputs: { response: answerOf(answer.said, { modelId, history, userPrompt }) } }
})

async function reducedHistory({
  properties,
  attachments,
  title,
}: Context): Promise<readonly ChatMessage[]> {
  const history = readHistory(properties.history, {
    what: `The history of "${title}"`,
    property: 'history',
  })
  const [reducer] = attachments.historyReducer
  return reducer === undefined ? history : await reducer.reduce(history)
}

/** One answer of a model, from the request to the end of its stream. */
class Answer {
  readonly said = new ChatStream()
  readonly #context: Context
  readonly #call: UpstreamCall
  #request: ChatRequest
  #body: UpstreamBody | undefined
  #recorded = 0
  #index = 0

  constructor(context: Context, request: ChatRequest) {
    this.#context = context
    this.#request = request
    this.#call = new UpstreamCall(context.signal)
  }

  /** Runs the sub-block for each message, and answers how that ended. */
  async stream(): Promise<BlockEnd> {
    const response = await this.#open()
    if (response instanceof UpstreamResponse) {
      this.#body = response.upstream
      return await this.#readStream(response.upstream)
    }
    this.said.pushWhole(await response.text())
    const end = await this.#deliver()
    this.#checkComplete()
    return end
  }

  /** Ends the call, complete or not, and records it. */
  close(): void {
    if (this.said.isDone) this.#body?.release(settleMs)
    else this.#body?.abort(new Error('The answer is no longer wanted.'))
    this.#call.close()
    this.#record()
  }

  async #open(): Promise<Response> {
    const { properties, given, services, run } = this.#context
    const client = openAiClient(properties.connection, services)
    for (;;) {
      try {
        return await send(client, this.#request, this.#call)
      } catch (error) {
        const own = ownParameters.filter((name) => name in this.#request && !given.has(name))
        const refused = refusedParameter(error, own)
        if (refused === undefined) throw this.#failure(error)
        this.#record()
        this.#request = without(this.#request, refused)
        run.log(
          'info',
          `"${properties.modelId}" takes no ${refused}, so it is asked again without it.`,
        )
      }
    }
  }

  async #readStream(body: UpstreamBody): Promise<BlockEnd> {
    let settling: NodeJS.Timeout | undefined
    try {
      for (;;) {
        const pieces = await this.#read(body)
        for (const piece of pieces ?? []) this.said.push(piece)
        if (pieces === undefined) this.said.finish()
        const end = await this.#deliver()
        if (end.kind !== 'next') return end
        if (this.said.isDone) return next
        if (pieces === undefined) {
          this.#checkComplete()
          return next
        }
        // What may still come is the usage; a server that keeps the stream open is not waited for.
        if (this.said.finishReason !== null) settling ??= setTimeout(() => body.end(), settleMs)
      }
    } finally {
      clearTimeout(settling)
    }
  }

  async #read(body: UpstreamBody): Promise<readonly Uint8Array[] | undefined> {
    try {
      return await body.read()
    } catch (error) {
      // Once the finish reason was seen the answer is complete, whatever the connection does.
      if (this.said.finishReason !== null && !this.#context.signal.aborted) return undefined
      throw this.#failure(error)
    }
  }

  /** Runs the sub-block for what came since the last time, one message after another. */
  async #deliver(): Promise<BlockEnd> {
    const { run, blocks } = this.#context
    const deltas = this.said.takeDeltas()
    if (deltas.length > 0) run.delta(deltas.length === 1 ? (deltas[0] ?? '') : deltas.join(''))
    for (const content of deltas) {
      const end = await blocks.forEachMessage({ message: { content, index: this.#index } })
      this.#index += 1
      if (end.kind !== 'next' && end.kind !== 'continue') return end
    }
    if (this.said.failure !== undefined) throw this.#failure(this.said.failure)
    return next
  }

  #checkComplete(): void {
    if (this.said.isDone || this.said.finishReason !== null) return
    const { connection } = this.#context.properties
    throw this.#failure(
      new FlowError(
        'upstream_truncated',
        `"${connection.name}" ended its stream before the answer was complete. Try again.`,
        { retryable: true },
      ),
    )
  }

  /** The error as the node fails with it: in our words, with what was streamed before. */
  #failure(thrown: unknown): FlowError {
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

  /** Records the attempts that were not recorded yet. */
  #record(): void {
    const { attempts } = this.#call
    for (const { startedAt, firstByteAt, endedAt } of attempts.slice(this.#recorded)) {
      this.#recorded += 1
      this.#context.run.call({
        kind: 'model',
        attempt: this.#recorded,
        request: this.#request,
        ...(firstByteAt === undefined ? {} : { firstByteMs: Math.round(firstByteAt - startedAt) }),
        ms: Math.round((endedAt ?? performance.now()) - startedAt),
        usage: this.#recorded === attempts.length ? this.said.usage : null,
      })
    }
  }
}

function send(client: OpenAI, request: ChatRequest, call: UpstreamCall): Promise<Response> {
  const { messages, ...rest } = request
  const body = {
    ...rest,
    stream: true as const,
    // Roles are those that `readHistory` lets through, all of which the provider knows.
    messages: messages as OpenAI.ChatCompletionMessageParam[],
  }
  return client.chat.completions.create(body, requestOptions(call, 'streamed')).asResponse()
}
