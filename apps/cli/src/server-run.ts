import { on } from 'node:events'
import { FlowError, type ErrorShape, type Flow, type RunEvent } from '@millrace/flow'
import { serverAddress, unreachable } from './server-api.ts'
import type { StartedRun } from './started-run.ts'

/** What the server says on `/api/live`, as far as a run that is not resumed needs it. */
type ServerFrame =
  | { readonly type: 'started'; readonly runId: string }
  | { readonly type: 'events'; readonly events: readonly RunEvent[] }
  | { readonly type: 'error'; readonly error: ErrorShape }

interface Options {
  readonly input: unknown
  /** The address of the server, such as `http://localhost:4400`. */
  readonly server: string
}

/** Runs a flow file on a server, with that server's connections; the server stores nothing of the flow. */
export function startOnServer(flow: Flow, { input, server }: Options): StartedRun {
  const socket = new WebSocket(liveAddress(server))
  const messages = on(socket, 'message', { close: ['close'] })
  let runId: string | undefined
  let wantsStop = false
  const send = (frame: object) => socket.send(JSON.stringify(frame))
  socket.addEventListener('open', () => send({ type: 'start', ref: 'run', flow, input }))

  async function* events(): AsyncGenerator<RunEvent> {
    for await (const [message] of messages as AsyncIterable<[MessageEvent]>) {
      const frame = JSON.parse(String(message.data)) as ServerFrame // the server's contract
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
    throw runId === undefined ? unreachable(server) : lost(server, runId)
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

function liveAddress(server: string): URL {
  const address = serverAddress(server)
  address.protocol = address.protocol.replace('http', 'ws')
  address.pathname = `${address.pathname.replace(/\/+$/, '')}/api/live`
  return address
}

function errorOf({ code, message, ...options }: ErrorShape): FlowError {
  return new FlowError(code, message, options)
}

function lost(server: string, runId: string): FlowError {
  return new FlowError(
    'upstream_disconnected',
    `The connection to ${server} was lost. The run may be going on there: look at ${server}/api/runs/${runId}.`,
    { retryable: true },
  )
}
