import { on } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { FlowError, type ErrorShape, type Flow, type RunEvent } from '@millrace/flow'
import { WebSocket } from 'ws'
import { refusalOf, unreachable } from './server-api.ts'
import { keyHeaders, urlOf, type ServerTarget } from './server-target.ts'
import type { StartedRun } from './started-run.ts'

/** What the server says on `/api/live`, as far as a run that is not resumed needs it. */
type ServerFrame =
  | { readonly type: 'started'; readonly runId: string }
  | { readonly type: 'events'; readonly events: readonly RunEvent[] }
  | { readonly type: 'error'; readonly error: ErrorShape }

interface Options {
  readonly input: unknown
  readonly server: ServerTarget
}

/** Runs a flow file on a server, with that server's connections; the server stores nothing of the flow. */
export function startOnServer(flow: Flow, { input, server }: Options): StartedRun {
  const socket = new WebSocket(liveAddress(server), { headers: keyHeaders(server) })
  const messages = on(socket, 'message', { close: ['close'] })
  let runId: string | undefined
  let wantsStop = false
  let refusal: FlowError | undefined
  const send = (frame: object) => socket.send(JSON.stringify(frame))
  socket.on('open', () => send({ type: 'start', ref: 'run', flow, input }))
  socket.on('unexpected-response', (_request, answer) => {
    // Then the socket closes with an error, which ends the reading below.
    void readRefusal(server, answer)
      .then((read) => (refusal = read))
      .finally(() => socket.terminate())
  })

  async function* events(): AsyncGenerator<RunEvent> {
    for await (const frame of framesIn(messages)) {
      if (frame.type === 'started') {
        runId = frame.runId
        if (wantsStop) send({ type: 'stop', runId })
      } else if (frame.type === 'error') {
        throw errorOf(frame.error)
      } else if (frame.type === 'events') {
        yield* frame.events
        if (frame.events.at(-1)?.type === 'run-end') return
      }
    }
    throw refusal ?? (runId === undefined ? unreachable(server) : lost(server, runId))
  }

  return {
    events: events(),
    stop() {
      wantsStop = true
      if (runId !== undefined) send({ type: 'stop', runId })
    },
    [Symbol.asyncDispose]() {
      socket.close()
      return Promise.resolve()
    },
  }
}

/** Ends when the socket does, for whatever reason. */
async function* framesIn(messages: AsyncIterable<unknown>): AsyncGenerator<ServerFrame> {
  try {
    for await (const [message] of messages as AsyncIterable<[Buffer]>) {
      yield JSON.parse(message.toString()) as ServerFrame // the server's contract
    }
  } catch (error) {
    // A socket that fails says no more than that; a frame that is none is a defect.
    if (error instanceof SyntaxError) throw error
  }
}

async function readRefusal(server: ServerTarget, answer: IncomingMessage): Promise<FlowError> {
  try {
    return refusalOf(server, { status: answer.statusCode ?? 0, text: await text(answer) })
  } catch {
    return unreachable(server)
  }
}

function liveAddress(server: ServerTarget): URL {
  const address = urlOf(server, '/api/live')
  address.protocol = address.protocol.replace('http', 'ws')
  return address
}

function errorOf({ code, message, ...options }: ErrorShape): FlowError {
  return new FlowError(code, message, options)
}

function lost({ address }: ServerTarget, runId: string): FlowError {
  return new FlowError(
    'upstream_disconnected',
    `The connection to ${address} was lost. The run may be going on there: look at ${address}/api/runs/${runId}.`,
    { retryable: true },
  )
}
