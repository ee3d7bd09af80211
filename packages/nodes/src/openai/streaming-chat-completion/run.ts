import { implement, next, type BlockEnd, type NodeContext } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import type { UpstreamBody } from '../../http/upstream-body.ts'
import { UpstreamResponse } from '../../http/upstream-fetch.server.ts'
import type { ChatCall } from '../chat/chat-call.server.ts'
import { runChat } from '../chat/run-chat.server.ts'
import { streamingChatCompletion } from './definition.ts'

/** How long an answer that is complete may take to close its stream, in milliseconds. */
const settleMs = 1000

/** Asks the model, runs the sub-block for each message, and gives the whole answer at the end. */
export const runStreamingChatCompletion = implement(streamingChatCompletion, (context) =>
  runChat(context, {
    delivery: 'streamed',
    read: (call) => new MessageReader(context, call).read(),
  }),
)

/** Reads one answer, and hands each message of it to the sub-block. */
class MessageReader {
  readonly #context: NodeContext<typeof streamingChatCompletion>
  readonly #call: ChatCall
  #index = 0

  constructor(context: NodeContext<typeof streamingChatCompletion>, call: ChatCall) {
    this.#context = context
    this.#call = call
  }

  /** Answers how the sub-block ended. */
  async read(): Promise<BlockEnd> {
    const response = await this.#call.open()
    if (!(response instanceof UpstreamResponse)) {
      await this.#call.readWhole(response)
      return await this.#deliver()
    }
    const body = response.upstream
    try {
      return await this.#readStream(body)
    } finally {
      if (this.#call.said.isDone) body.release(settleMs)
      else body.abort(new Error('The answer is no longer wanted.'))
    }
  }

  async #readStream(body: UpstreamBody): Promise<BlockEnd> {
    const { said } = this.#call
    let settling: NodeJS.Timeout | undefined
    try {
      for (;;) {
        await body.arrival()
        const pieces = this.#take(body)
        for (const piece of pieces ?? []) said.push(piece)
        if (pieces === undefined) said.finish()
        const end = await this.#deliver()
        if (end.kind !== 'next') return end
        if (said.isDone) return next
        if (pieces === undefined) {
          if (said.finishReason === null) throw this.#call.failure(this.#truncated())
          return next
        }
        // What may still come is the usage; a server that keeps the stream open is not waited for.
        if (said.finishReason !== null) {
          settling ??= setTimeout(() => body.cut(new Error('The answer was complete.')), settleMs)
        }
      }
    } finally {
      clearTimeout(settling)
    }
  }

  #truncated(): FlowError {
    const { connection } = this.#context.properties
    return new FlowError(
      'upstream_truncated',
      `"${connection.name}" ended its stream before the answer was complete. Try again.`,
      { retryable: true },
    )
  }

  #take(body: UpstreamBody): readonly Uint8Array[] | undefined {
    try {
      return body.take()
    } catch (error) {
      // Once the finish reason was seen the answer is complete, whatever the connection does.
      const isComplete = this.#call.said.finishReason !== null
      if (isComplete && !this.#context.signal.aborted) return undefined
      throw this.#call.failure(error)
    }
  }

  /** Runs the sub-block for what came since the last time, one message after another. */
  async #deliver(): Promise<BlockEnd> {
    const { run, blocks } = this.#context
    const { said } = this.#call
    const deltas = said.takeDeltas()
    if (deltas.length > 0) run.delta(deltas.length === 1 ? (deltas[0] ?? '') : deltas.join(''))
    for (const content of deltas) {
      const running = blocks.forEachMessage({ message: { content, index: this.#index } })
      // One that only yields has ended, and costs no promise.
      const end = running instanceof Promise ? await running : running
      this.#index += 1
      if (end.kind !== 'next' && end.kind !== 'continue') return end
    }
    if (said.failure !== undefined) throw this.#call.failure(said.failure)
    return next
  }
}
