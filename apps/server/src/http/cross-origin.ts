import { FlowError } from '@millrace/flow'
import type { Request, Response } from 'express'
import type { Principal } from '../access/principal.ts'
import { expectAllowedOrigin, isSameOrigin } from './allowed-hosts.ts'
import type { Route } from './route.ts'

/**
 * What pages of other origins may do: those that some flow lists may call what is for clients. Other
 * origins may not even read why they are refused, except where a route is for any.
 */
export interface CrossOrigin {
  /** Answers whether such a page asks, which then may read the answer. Throws `forbidden`. */
  admit(route: Route, request: Request, response: Response): Promise<boolean>
  /** Answers the question that a browser asks before it lets such a page ask. Throws `forbidden`. */
  admitPreflight(routes: readonly Route[], request: Request, response: Response): Promise<void>
}

interface Options {
  /** Whether any flow that is open lists an origin. */
  readonly listsOrigin: (origin: string) => Promise<boolean>
  readonly publicHosts: readonly string[]
}

/** What an answer says beside its body. */
const exposed = 'x-run-id, x-session-id, x-request-id, x-should-retry, Retry-After, ETag, Location'
// Official clients add their own, such as x-stainless-os; a star counts since cookies are never allowed.
const sendable =
  'authorization, x-api-key, content-type, idempotency-key, last-event-id, x-session-id, *'
const preflightSeconds = '600'

export function createCrossOrigin({ listsOrigin, publicHosts }: Options): CrossOrigin {
  async function mayCall(routes: readonly Route[], request: Request): Promise<boolean> {
    const { origin } = request.headers
    if (origin === undefined || isSameOrigin(request)) return false
    if (routes.some(({ isForAnyOrigin }) => isForAnyOrigin === true)) return true
    return routes.some(({ caller }) => caller === 'client') && listsOrigin(origin)
  }
  return {
    async admit(route, request, response) {
      const isForeign = await mayCall([route], request)
      if (isForeign) allowReading(request, response)
      else expectAllowedOrigin(request, publicHosts)
      return isForeign
    },
    async admitPreflight(routes, request, response) {
      if (!(await mayCall(routes, request))) {
        expectAllowedOrigin(request, publicHosts)
        return
      }
      allowReading(request, response)
      response
        .setHeader('Access-Control-Allow-Methods', 'GET, POST')
        .setHeader('Access-Control-Allow-Headers', sendable)
        .setHeader('Access-Control-Max-Age', preflightSeconds)
    },
  }
}

/** Who asks from a page of another origin shows a key or a token: being at this machine is no reason. */
export function expectCredential(principal: Principal, { caller }: Pick<Route, 'caller'>): void {
  if (caller === 'anyone' || principal.kind === 'key' || principal.kind === 'visitor') return
  throw new FlowError(
    'unauthorized',
    'A page of another origin needs a visitor’s token. Get one from POST /api/flows/{id}/visitors.',
  )
}

function allowReading(request: Request, response: Response): void {
  response
    .setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '')
    .setHeader('Access-Control-Expose-Headers', exposed)
    // Helmet's own header keeps what is read without asking to this origin.
    .setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
  response.vary('Origin')
}
