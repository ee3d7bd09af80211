import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { FlowError, toFlowError } from '@millrace/flow'
import { WebSocketServer, type WebSocket } from 'ws'
import type { ApiKeys } from '../access/api-keys.ts'
import type { Principal, PrincipalOf } from '../access/principal.ts'
import { checkHosts } from '../http/allowed-hosts.ts'
import { errorAnswer } from '../http/error-answer.ts'
import type { Heartbeat } from '../http/heartbeat.ts'
import { nextRequestId } from '../http/request-id.ts'
import { traceContextOf } from '../http/trace-context.ts'
import { toldTo } from '../public-access/told-to.ts'
import { serveLive, type LiveOptions } from './live-socket.ts'

/** Where the editor follows runs. */
const livePath = '/api/live'

export interface LiveServer {
  /** How many sockets are open. */
  count(): number
  /** Says goodbye to every socket, and leaves those that do not answer soon. */
  close(): void
}

interface Options {
  readonly server: Server
  readonly principalOf: PrincipalOf
  readonly keys: Pick<ApiKeys, 'onRevoke'>
  readonly publicHosts: readonly string[]
  readonly heartbeat: Heartbeat
  readonly live: Omit<LiveOptions, 'principal' | 'traceContext'>
}

/** How long a goodbye may take to be answered. */
const goodbyeMs = 500

/** Takes upgrades on `/api/live`, of who designs and of clients; refuses all others. */
export function createLiveServer(options: Options): LiveServer {
  const { server, principalOf, keys, publicHosts, heartbeat, live } = options
  // Frames of tokens are tiny: compressing them costs more memory and time than it saves.
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: live.limits.frameBytes,
  })
  /** Of each open socket: leaves it if who opened it may not any more. */
  const checks = new Set<() => void>()
  keys.onRevoke(() => {
    for (const check of checks) check()
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    admit(request).then(
      (principal) =>
        sockets.handleUpgrade(request, socket, head, (opened) =>
          serve(opened, { principal, request }),
        ),
      (error: unknown) => refuseUpgrade(socket, toldTo(request, toFlowError(error))),
    )
  })

  async function admit(request: IncomingMessage): Promise<Principal> {
    if (request.url?.split('?')[0] !== livePath) {
      throw new FlowError('not_found', `WebSockets are at ${livePath}.`)
    }
    checkHosts(request, publicHosts)
    const principal = await principalOf(request, 'client')
    if (principal.kind !== 'visitor') return principal
    throw new FlowError('forbidden', 'Visitors chat by POST /api/flows/{id}/stream, not here.')
  }

  function serve(
    socket: WebSocket,
    { principal, request }: { principal: Principal; request: IncomingMessage },
  ): void {
    let isAlive = true
    socket.on('pong', () => {
      isAlive = true
    })
    const check = () => {
      admit(request).catch(() => socket.close(1008, 'Sign in, or send a valid key.'))
    }
    checks.add(check)
    const stopBeating = heartbeat.add(() => {
      // A session may have expired meanwhile, or ended in another window.
      check()
      if (!isAlive) socket.terminate()
      isAlive = false
      socket.ping()
    })
    socket.on('close', () => {
      checks.delete(check)
      stopBeating()
    })
    const logger = live.logger.child({ requestId: nextRequestId() })
    serveLive(socket, { ...live, logger, principal, traceContext: traceContextOf(request) })
  }

  return {
    count: () => sockets.clients.size,
    close() {
      for (const socket of sockets.clients) socket.close(1001)
      const timer = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate()
      }, goodbyeMs)
      sockets.close(() => clearTimeout(timer))
    },
  }
}

function refuseUpgrade(socket: Duplex, error: FlowError): void {
  const body = JSON.stringify(errorAnswer(error, nextRequestId()))
  // Else a client that keeps its own side open keeps the socket.
  socket.once('finish', () => socket.destroy())
  socket.end(
    [
      `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ''}`,
      'connection: close',
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  )
}
