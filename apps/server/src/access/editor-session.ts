import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { cookieOf } from './credential.ts'

/** Knows the requests of the operator's browser. */
export interface OperatorSessions {
  has(request: IncomingMessage): Promise<boolean>
}

/** The session of a server without a password, which it hands out with the editor's page. */
export interface EditorSession extends OperatorSessions {
  /** What the answer with the page says in `Set-Cookie`. */
  readonly cookie: string
}

/**
 * Tells the editor from other programs of the same machine. It is made from the server's own secret,
 * so an editor that is open stays known over restarts.
 */
export function createEditorSession({
  secret,
  cookie,
}: {
  readonly secret: string
  readonly cookie: SessionCookie
}): EditorSession {
  const token = createHmac('sha256', secret).update('millrace/editor-session').digest()
  return {
    async has(request) {
      const sent = Buffer.from(cookieOf(request, cookie.name) ?? '', 'base64url')
      return sent.length === token.length && timingSafeEqual(sent, token)
    },
    cookie: `${cookie.name}=${token.toString('base64url')}; ${cookie.attributes}`,
  }
}

/** How the cookie of sessions is set. */
export interface SessionCookie {
  readonly name: string
  readonly attributes: string
}

/** No script reads it, and no page of another site makes a browser send it. */
export function sessionCookie({
  port,
  basePath,
}: {
  readonly port: number
  readonly basePath: string
}): SessionCookie {
  return {
    // Browsers do not tell the ports of a host apart, but its servers are different ones.
    name: `millrace-session-${port}`,
    attributes: `Path=${basePath === '' ? '/' : basePath}; HttpOnly; SameSite=Strict`,
  }
}
