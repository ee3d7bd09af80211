import { FlowError } from '@millrace/flow/events'
import { send, type ClientOptions } from './request.ts'
import { ResumingStream, type RunStream } from './run-stream.ts'

export interface CallOptions {
  /** Ends the call when aborted. What becomes of the run is the flow's disconnect policy. */
  readonly signal?: AbortSignal
}

export interface AttachOptions extends CallOptions {
  /** The number of the last event that is known already; 0, so everything, when not given. */
  readonly after?: number
}

/** Runs the flows of one server. */
export interface Client {
  /** Runs a flow that yields nothing, and answers what it returns. */
  run(flowId: string, input: unknown, options?: CallOptions): Promise<unknown>
  /** Starts a flow that yields; resolves once it runs. */
  stream(flowId: string, input: unknown, options?: CallOptions): Promise<RunStream>
  /**
   * Starts a flow in the background, for up to 8 hours; resolves once its start is stored. It goes on
   * whether or not what is answered is read, which follows it to its end.
   */
  submit(flowId: string, input: unknown, options?: CallOptions): Promise<RunStream>
  /** Follows a run that was started before, from any of its events. */
  attach(runId: string, options?: AttachOptions): RunStream
  /** Cancels a run; resolves when its end is in the log. A run that ended stays as it is. */
  stop(runId: string): Promise<void>
}

/** A client of a Millrace server. Every refusal is a `FlowError`. */
export function createClient(options: ClientOptions): Client {
  const flowPath = (flowId: string, call: string) =>
    `/api/flows/${encodeURIComponent(flowId)}/${call}`
  return {
    async run(flowId, input, { signal } = {}) {
      const response = await send(options, {
        method: 'POST',
        path: flowPath(flowId, 'run'),
        accept: 'application/json',
        body: input,
        signal,
      })
      return response.json()
    },

    async stream(flowId, input, { signal } = {}) {
      const response = await send(options, {
        method: 'POST',
        path: flowPath(flowId, 'stream'),
        accept: 'text/event-stream',
        body: input,
        signal,
      })
      const runId = response.headers.get('x-run-id')
      if (runId === null) {
        throw new FlowError(
          'internal',
          'The server did not say which run this is. A proxy may have taken the header "x-run-id" away.',
        )
      }
      return new ResumingStream(options, { runId, after: 0, response, signal })
    },

    async submit(flowId, input, { signal } = {}) {
      const response = await send(options, {
        method: 'POST',
        path: flowPath(flowId, 'submit'),
        accept: 'application/json',
        body: input,
        signal,
      })
      const { runId } = (await response.json()) as { readonly runId: string } // the server's contract
      return new ResumingStream(options, { runId, after: 0, signal })
    },

    attach: (runId, { after = 0, signal } = {}) =>
      new ResumingStream(options, { runId, after, signal }),

    async stop(runId) {
      await send(options, {
        method: 'POST',
        path: `/api/runs/${encodeURIComponent(runId)}/stop`,
        accept: 'application/json',
      })
    },
  }
}
