import type { IncomingMessage } from 'node:http'
import { FlowError } from '@millrace/flow'
import { isOwnPage } from '../http/allowed-hosts.ts'
import type { Visitors } from '../public-access/visitors.ts'
import type { ApiKeys } from './api-keys.ts'
import type { Caller } from './caller.ts'
import { credentialOf } from './credential.ts'
import type { OperatorSessions } from './editor-session.ts'
import { expectCaller } from './expect-caller.ts'
import type { Principal, PrincipalOf } from './principal.ts'

interface Options {
  readonly keys: Pick<ApiKeys, 'areNeeded' | 'principalOf'>
  readonly visitors: Pick<Visitors, 'find'>
  readonly sessions: OperatorSessions
  readonly publicHosts: readonly string[]
  /** Whether a request may read metrics, whoever makes it. */
  readonly hasScrapeToken: (request: IncomingMessage) => boolean
  /** Whether the operator has a password; else whoever reaches the server is the operator. */
  readonly hasPassword: boolean
}

/** The one place that knows who makes a request. */
export function createPrincipalOf(options: Options): PrincipalOf {
  const { keys, visitors, sessions, publicHosts, hasScrapeToken, hasPassword } = options
  return async (request, caller) => {
    if (caller === 'anyone') return { kind: 'nobody' }
    const principal = await identify(request, caller)
    expectCaller(principal, caller)
    return principal
  }

  /** To a browser all ports of this machine are one site, so their pages send the cookie as well. */
  function isFromOwnPage(request: IncomingMessage): boolean {
    return request.headers.origin === undefined || isOwnPage(request, publicHosts)
  }

  async function identify(request: IncomingMessage, caller: Caller): Promise<Principal> {
    if (caller === 'metrics' && hasScrapeToken(request)) return { kind: 'nobody' }
    const visitor = await visitors.find(request)
    if (visitor !== undefined) return visitor
    const isOpen = !hasPassword && !keys.areNeeded()
    const credential = credentialOf(request)
    // Clients of others cannot do without a key, so they send anything to a server that asks for none.
    if (credential !== undefined && !isOpen) return keys.principalOf(credential)
    const isForOperator = caller !== 'client' && caller !== 'mcp'
    if (isForOperator && !hasPassword) return { kind: 'operator' }
    if (isFromOwnPage(request) && (await sessions.has(request))) return { kind: 'operator' }
    if (isOpen) return { kind: 'open' }
    throw new FlowError(
      'unauthorized',
      isForOperator
        ? 'This needs the operator. Sign in to the editor, or send an API key with the policy configure.'
        : 'This needs an API key. Send one as "Authorization: Bearer …" or in x-api-key; the page API keys of the editor makes them.',
    )
  }
}
