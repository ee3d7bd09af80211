import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { FlowError } from '@millrace/flow'
import { clientOf } from '../http/client-of.ts'
import type { AddressLimits } from './address-limits.ts'
import { cookieOf } from './credential.ts'
import type { OperatorSessions, SessionCookie } from './editor-session.ts'
import type { SessionStore } from './session-store.ts'

/** The sessions of an operator who signs in. */
export interface PasswordSessions extends OperatorSessions {
  /** Answers what `Set-Cookie` says. Throws `unauthorized` for another password, `rate_limited`. */
  signIn(password: string, request: IncomingMessage): Promise<string>
  /** Answers what `Set-Cookie` says; a request without a session is signed out as it is. */
  signOut(request: IncomingMessage): Promise<string>
}

interface Options {
  readonly password: string
  readonly cookie: SessionCookie
  readonly store: SessionStore
  readonly addressLimits: AddressLimits
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** A week: the operator of a server signs in on Mondays. */
const sessionSeconds = 7 * 24 * 60 * 60

export function createPasswordSessions(options: Options): PasswordSessions {
  const { password, cookie, store, addressLimits, now } = options

  /** With another password it is another text, so that a new password ends all sessions. */
  const hashOf = (token: string) => createHmac('sha256', password).update(token).digest('hex')

  async function has(request: IncomingMessage): Promise<boolean> {
    const token = cookieOf(request, cookie.name)
    if (token === undefined) return false
    const session = await store.find(hashOf(token))
    return session !== undefined && session.expiresAt > now()
  }

  return {
    has,
    async signIn(given, request) {
      addressLimits.expectRoom('signInsPerMinute', request)
      if (!isSame(given, password)) {
        throw new FlowError(
          'unauthorized',
          'This is not the operator’s password. It is what MILLRACE_OPERATOR_PASSWORD was when the server started.',
        )
      }
      const token = randomBytes(32).toString('base64url')
      await store.add({ hash: hashOf(token), expiresAt: now() + sessionSeconds * 1000 }, now())
      return `${cookie.name}=${token}; Max-Age=${sessionSeconds}; ${attributesFor(request, cookie)}`
    },
    async signOut(request) {
      const token = cookieOf(request, cookie.name)
      if (token !== undefined) await store.remove(hashOf(token))
      return `${cookie.name}=; Max-Age=0; ${attributesFor(request, cookie)}`
    },
  }
}

/** The server speaks HTTP; behind a proxy that speaks TLS, the browser's origin says so, or the proxy. */
function attributesFor(request: IncomingMessage, { attributes }: SessionCookie): string {
  const { origin } = request.headers
  const isSecure = clientOf(request).isSecure || origin?.startsWith('https:') === true
  return isSecure ? `${attributes}; Secure` : attributes
}

/** Compares without telling by the time how much is right. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}
