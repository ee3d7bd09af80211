import { errorOfShape, FlowError } from '@millrace/flow/events'
import type { CallOptions } from './connection.ts'
import { readEvents, type ServerSentEvent } from './event-stream.ts'
import { notMillrace, type ClientOptions } from './request.ts'
import { asItIs, patienceOf, Retries } from './retries.ts'

/** Which run is followed, from where on, and by whom. */
export interface FollowedRunOptions extends CallOptions {
  readonly runId: string
  /** What of it: its values as `/stream` frames them, or its log. */
  readonly what: 'stream' | 'events'
  /** The number of the last event that the reader has. */
  readonly position: () => number
  /** The response that began the stream, if there is one already. */
  readonly response?: Response | undefined
}

/** Three times what lies between two heartbeats of a server: after so much silence nobody is there. */
export const silenceMs = 45_000

/**
 * The events of a run across connections, those of one read together: when one is lost, the next
 * begins after the reader's position. Goes on until its reader leaves; throws the run's own error, or
 * what keeps the run from being followed on.
 */
export async function* followRun(
  client: ClientOptions,
  options: FollowedRunOptions,
): AsyncGenerator<readonly ServerSentEvent[]> {
  const { runId, what, position, onConnection } = options
  const retries = new Retries(client, patienceOf.following(client), options)
  let { response } = options

  const open = () =>
    retries.ask(
      {
        method: 'GET',
        path: `/api/runs/${encodeURIComponent(runId)}/${what}?after=${position()}`,
        accept: 'text/event-stream',
        headers: { 'last-event-id': String(position()) },
        headMs: silenceMs,
      },
      asItIs,
    )

  try {
    while (true) {
      const opened = response ?? (await open())
      response = undefined
      const cause = yield* readOnce(opened, options, retries)
      await retries.failed(lost(runId, cause))
    }
  } finally {
    onConnection?.({ state: 'closed' })
  }
}

/** Reads one connection; answers why it ended before the run did. */
async function* readOnce(
  response: Response,
  { signal }: FollowedRunOptions,
  retries: Retries,
): AsyncGenerator<readonly ServerSentEvent[], unknown> {
  const { body } = response
  if (body === null || !isEventStream(response)) {
    await leave(response)
    return notMillrace('answered no event stream')
  }
  try {
    for await (const events of readEvents(body, silenceMs)) {
      // A few bytes are no event: what sends those and hangs up is not to be asked at once again.
      if (events.length > 0) retries.succeeded()
      else retries.heard()
      const failed = events.findIndex(({ event }) => event === 'error')
      yield failed === -1 ? events : events.slice(0, failed)
      const failure = events[failed]
      if (failure === undefined) continue
      const error = errorOfShape((read(failure) as { readonly error?: unknown } | null)?.error)
      // Asked again, the server tells with it what is known of the run.
      if (error.code === 'resume_gap') return error
      throw error
    }
    return undefined
  } catch (thrown) {
    signal?.throwIfAborted()
    if (thrown instanceof FlowError) throw thrown
    return thrown
  }
}

/** The number of an event in its run. Throws when it has none. */
export function seqOf({ id }: ServerSentEvent): number {
  if (/^\d{1,15}$/.test(id)) return Number(id)
  throw notMillrace(`sent an event with the id "${id}"`)
}

/** What an event says. Throws when that is no JSON. */
export function read({ event, data }: ServerSentEvent): unknown {
  try {
    return JSON.parse(data)
  } catch {
    throw notMillrace(`sent something else than JSON as "${event}"`)
  }
}

/** Whether a response is a stream of events at all, rather than a page of a proxy. */
export function isEventStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') === true
}

/** Lets go of the connection of a response that nobody reads. */
export async function leave({ body }: Response): Promise<void> {
  await body?.cancel().catch(() => undefined)
}

function lost(runId: string, cause: unknown): FlowError {
  return new FlowError(
    'provider_unreachable',
    `The connection to run "${runId}" was lost and could not be had again. Attach to the run later: it may still be going on.`,
    { retryable: true, cause },
  )
}
