import type { IncomingMessage } from 'node:http'
import type { Environment } from '../environments/environment.ts'
import type { Caller } from './caller.ts'

/** What a key may be used for. */
export const policies = ['execute', 'configure', 'mcp'] as const

export type Policy = (typeof policies)[number]

/** Who makes a request. */
export type Principal =
  /** Who designs: signed in, or anybody on a server that listens on loopback without a password. */
  | { readonly kind: 'operator' }
  /** A program with an API key. */
  | KeyPrincipal
  /** A visitor of a flow's public chat page or widget. */
  | {
      readonly kind: 'visitor'
      readonly flowId: string
      /** Of the browser that holds the token, or of the customer's user. */
      readonly visitorId: string
      /** Who the customer's own back end says that it is; the flow sees it as the request's user. */
      readonly user: string | undefined
    }
  /** Anybody on a server that listens on loopback only and has no keys yet. */
  | { readonly kind: 'open' }
  /** Nobody in particular, on a route for anyone. */
  | { readonly kind: 'nobody' }

export interface KeyPrincipal {
  readonly kind: 'key'
  readonly keyId: string
  readonly policies: readonly Policy[]
  /** The flows that it may run. */
  readonly flows: readonly string[] | 'all'
  /** The only environment that it may run them in; `undefined` for any. */
  readonly environment: Environment | undefined
  readonly limits: KeyLimits
}

/** How much a key may be used; `null` leaves it to the limits of the server. */
export interface KeyLimits {
  readonly requestsPerMinute: number | null
  /** Of the runs that it started, how many may go on at one time. */
  readonly concurrentRuns: number | null
}

/**
 * Finds out who makes a request, and whether that is who may. Throws `unauthorized` for nobody, for a
 * key or a token that is not valid; `forbidden` for somebody else; `rate_limited`.
 */
export type PrincipalOf = (request: IncomingMessage, caller: Caller) => Promise<Principal>
