import { FlowError, type ErrorShape, type RunOutcome, type Usage } from '@millrace/flow/events'
import type { CallOptions } from './connection.ts'
import { isEventStream, silenceMs } from './followed-run.ts'
import { newIdempotencyKey } from './idempotency-key.ts'
import { notMillrace, type ClientOptions, type RequestOptions } from './request.ts'
import { asItIs, patienceOf, Retries } from './retries.ts'
import { createRunEvents, type RunEventStream } from './run-events.ts'
import { createRunStream, type RunStream } from './run-stream.ts'

export interface StartOptions extends CallOptions {
  /**
   * What makes this start the same as another with the same key, which then answers with the run of
   * the first. Made anew for each call when not given, so that no lost answer starts a second run.
   */
  readonly idempotencyKey?: string
}

export interface AttachOptions extends CallOptions {
  /** The number of the last event that is known already; 0, so everything, when not given. */
  readonly after?: number
}

/** How a run stands. Times are as ISO 8601 writes them. */
export interface RunRecord {
  readonly id: string
  readonly flowId: string
  readonly state: 'running' | RunOutcome
  readonly startedAt: string
  readonly endedAt: string | null
  /** The sum over all model calls; null when none reported any. */
  readonly usage: Usage | null
  /** What *Return* returned; of a run that completed. */
  readonly result?: unknown
  /** Of a run that failed. */
  readonly error?: ErrorShape
}

interface Start<T> {
  readonly flowId: string
  readonly call: 'run' | 'stream' | 'submit'
  readonly input: unknown
  readonly read: (response: Response) => Promise<T>
}

const json = 'application/json'

/** A server answers a run of `/run` within 300 s, everything else at once. */
const headMsOf = { run: 330_000, others: silenceMs }

/** Runs the flows of one server. */
export interface Client {
  /** Runs a flow that yields nothing, and answers what it returns. */
  run(flowId: string, input: unknown, options?: StartOptions): Promise<unknown>
  /** Starts a flow that yields; resolves once it runs. */
  stream(flowId: string, input: unknown, options?: StartOptions): Promise<RunStream>
  /**
   * Starts a flow in the background, for up to 8 hours; resolves once its start is stored. It goes on
   * whether or not what is answered is read, which follows it to its end.
   */
  submit(flowId: string, input: unknown, options?: StartOptions): Promise<RunStream>
  /** Follows the values of a run that was started before, from any of its events. */
  attach(runId: string, options?: AttachOptions): RunStream
  /** Follows the log of a run; for a key with the policy `configure`. */
  events(runId: string, options?: AttachOptions): RunEventStream
  /** Reads how a run stands. */
  find(runId: string, options?: CallOptions): Promise<RunRecord>
  /** Cancels a run; answers how it stands when its end is in the log. A run that ended stays as it is. */
  stop(runId: string, options?: CallOptions): Promise<RunRecord>
}

/** A client of a Millrace server. Every refusal is a `FlowError`. */
export function createClient(client: ClientOptions): Client {
  const query = client.environment === undefined ? '' : `?env=${client.environment}`

  async function ask<T>(
    request: Omit<RequestOptions, 'signal'>,
    options: CallOptions,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    try {
      return await new Retries(client, patienceOf.starting(client), options).ask(request, read)
    } catch (thrown) {
      options.onConnection?.({ state: 'closed' })
      throw thrown
    }
  }

  /** Asks for what is read at once, so that nothing more comes. */
  async function askOnce(
    request: Omit<RequestOptions, 'signal'>,
    options: CallOptions,
  ): Promise<unknown> {
    const answer = await ask(request, options, jsonOf)
    options.onConnection?.({ state: 'closed' })
    return answer
  }

  function start<T>(
    { flowId, call, input, read }: Start<T>,
    { idempotencyKey = newIdempotencyKey(), ...options }: StartOptions,
  ): Promise<T> {
    const request: RequestOptions = {
      method: 'POST',
      path: `/api/flows/${encodeURIComponent(flowId)}/${call}${query}`,
      accept: call === 'stream' ? 'text/event-stream' : json,
      body: input,
      headers: { 'idempotency-key': idempotencyKey },
      headMs: call === 'run' ? headMsOf.run : headMsOf.others,
    }
    return ask(request, options, read)
  }

  const askRun = (method: 'GET' | 'POST', path: string, options: CallOptions) =>
    // The server's contract.
    askOnce({ method, path, accept: json, headMs: headMsOf.others }, options) as Promise<RunRecord>

  return {
    async run(flowId, input, options = {}) {
      const answer = await start({ flowId, call: 'run', input, read: jsonOf }, options)
      options.onConnection?.({ state: 'closed' })
      return answer
    },

    async stream(flowId, input, options = {}) {
      const response = await start({ flowId, call: 'stream', input, read: asItIs }, options)
      const runId = response.headers.get('x-run-id')
      if (!isEventStream(response)) throw notMillrace('answered no event stream')
      if (runId === null) {
        throw new FlowError(
          'internal',
          'The server did not say which run this is. A proxy may have taken the header "x-run-id" away.',
        )
      }
      return createRunStream(client, { ...options, runId, after: 0, response })
    },

    async submit(flowId, input, options = {}) {
      const answer = await start({ flowId, call: 'submit', input, read: jsonOf }, options)
      const { runId } = answer as { readonly runId: string } // the server's contract
      return createRunStream(client, { ...options, runId, after: 0 })
    },

    attach: (runId, { after = 0, ...options } = {}) =>
      createRunStream(client, { ...options, runId, after }),
    events: (runId, { after = 0, ...options } = {}) =>
      createRunEvents(client, { ...options, runId, after }),
    find: (runId, options = {}) => askRun('GET', pathOf(runId), options),
    stop: (runId, options = {}) => askRun('POST', `${pathOf(runId)}/stop`, options),
  }
}

function pathOf(runId: string): string {
  return `/api/runs/${encodeURIComponent(runId)}`
}

async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    throw notMillrace('answered something else than JSON')
  }
}
