import type { CallRecord, Connection, NodeContext } from '@millrace/engine'
import type { FlowError, NodeDefinition } from '@millrace/flow'
import type OpenAI from 'openai'
import { dispatcherFor } from '../http/dispatcher.server.ts'
import { UpstreamCall } from '../http/upstream-call.ts'
import { withoutSecrets } from '../without-secrets.server.ts'
import { baseUrlOf, openAiClient, requestOptions, type Delivery } from './client.ts'
import { providerError, type AskedModel } from './provider-error.server.ts'

/** What a call needs of the node that makes it. */
export type CallerContext = Pick<NodeContext<NodeDefinition>, 'signal' | 'run' | 'services'>

/** What is asked of a model, and how. */
export interface ModelQuestion<Request> {
  readonly connection: Connection
  readonly model: AskedModel
  readonly delivery: Delivery
  readonly request: Request
  readonly send: (
    client: OpenAI,
    request: Request,
    options: OpenAI.RequestOptions,
  ) => Promise<Response>
  /** The request without what the model refuses in it; `undefined` when it cannot do without. */
  readonly adapt: (
    request: Request,
    error: unknown,
  ) => { readonly request: Request; readonly refused: string } | undefined
  /** What is recorded of a request. */
  readonly recorded: (request: Request) => unknown
  /** What came back, once the call is over. */
  readonly answered: () => Pick<CallRecord, 'usage' | 'model' | 'finishReason' | 'refusal'>
}

/** One question to a model: asked in as many attempts as it takes, and recorded. */
export class ModelCall<Request> {
  readonly #context: CallerContext
  readonly #question: ModelQuestion<Request>
  readonly #call: UpstreamCall
  #request: Request
  #recorded = 0

  constructor(context: CallerContext, question: ModelQuestion<Request>) {
    this.#context = context
    this.#question = question
    this.#request = question.request
    this.#call = new UpstreamCall(question.connection.name, context.signal)
  }

  /**
   * Asks, again without what the model refuses if it can do without. Rejects with whatever went
   * wrong, of which `failure` makes an error of ours.
   */
  async open(): Promise<Response> {
    const { connection, model, delivery, send, adapt } = this.#question
    const { run, services } = this.#context
    const client = openAiClient(connection, services)
    const dispatcher = dispatcherFor(run.nodeId, services)
    const headers = services.traceHeaders?.(run.id)
    const options = requestOptions(this.#call, delivery, { dispatcher, headers })
    for (;;) {
      try {
        return await send(client, this.#request, options)
      } catch (error) {
        const adapted = adapt(this.#request, error)
        if (adapted === undefined) throw error
        this.#record()
        this.#request = adapted.request
        run.log(
          'info',
          `"${model.id}" takes no ${adapted.refused}, so it is asked again without it.`,
        )
      }
    }
  }

  /** The error as the node fails with it, in our words. */
  failure(thrown: unknown): FlowError {
    const { connection, model } = this.#question
    const baseUrl = baseUrlOf(connection)
    const error = providerError(this.#call.failure ?? thrown, { connection, baseUrl, model })
    return error.saying(withoutSecrets(error.message, connection))
  }

  /** The call is over, complete or not. Its last attempt has ended by now. */
  close(): void {
    this.#call.close()
    this.#record()
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
        request: this.#question.recorded(this.#request),
        startedAt: Math.round(services.now() - (performance.now() - startedAt)),
        ...(firstByteAt === undefined ? {} : { firstByteMs: Math.round(firstByteAt - startedAt) }),
        ms: Math.round((endedAt ?? performance.now()) - startedAt),
        // Only the last attempt can have been answered.
        ...(this.#recorded === attempts.length ? this.#question.answered() : { usage: null }),
      })
    }
  }
}
