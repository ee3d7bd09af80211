import type { Connection, Services } from '@millrace/engine'
import { FlowError, isRecord } from '@millrace/flow'
import { request } from 'undici'
import { dispatcherOf } from '../http/dispatcher.server.ts'

/** Where Entra gives out tokens, for all of the public cloud. */
const entraUrl = 'https://login.microsoftonline.com'
/** How long Entra may take to answer, in milliseconds. */
const answerMs = 20_000
/** A token is asked for anew so long before it ends, in milliseconds. */
const marginMs = 5 * 60_000

/** An application that signs in to a tenant with a secret. */
export interface ServicePrincipal {
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: string
}

/** A token as the driver takes it. */
interface AccessToken {
  readonly token: string
  /** Epoch milliseconds. */
  readonly expiresOnTimestamp: number
}

/**
 * Gets tokens for a service principal, over the same checked connections as all that leaves the server:
 * the driver's own way would read the environment and dial unchecked.
 */
export function createEntraCredential(
  principal: ServicePrincipal,
  { name }: Connection,
  services: Services,
  baseUrl = entraUrl,
): { getToken(scopes: string | readonly string[]): Promise<AccessToken> } {
  const tokens = new Map<string, AccessToken>()
  return {
    async getToken(scopes) {
      const scope = [scopes].flat().join(' ')
      const known = tokens.get(scope)
      if (known !== undefined && known.expiresOnTimestamp - marginMs > services.now()) return known
      const token = await askForToken()
      tokens.set(scope, token)
      return token

      async function askForToken(): Promise<AccessToken> {
        const { tenantId, clientId, clientSecret } = principal
        const url = `${baseUrl}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`
        const { statusCode, body } = await request(url, {
          dispatcher: dispatcherOf(services),
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({
            grant_type: 'client_credentials',
            client_id: clientId,
            client_secret: clientSecret,
            scope,
          }).toString(),
          signal: AbortSignal.timeout(answerMs),
        }).catch((error: unknown) => {
          throw unreachable(name, error)
        })
        const answer = await body.json().catch(() => undefined)
        const isToken = isRecord(answer) && typeof answer['access_token'] === 'string'
        if (statusCode !== 200 || !isToken) throw refused(name, statusCode, answer)
        const seconds = Number(answer['expires_in'] ?? 0)
        return {
          token: String(answer['access_token']),
          expiresOnTimestamp: services.now() + seconds * 1000,
        }
      }
    },
  }
}

function unreachable(name: string, cause: unknown): FlowError {
  return new FlowError(
    'database_unavailable',
    `Entra could not be reached to sign "${name}" in. Check that the server of Millrace may connect to login.microsoftonline.com, and try again.`,
    { property: 'connection', retryable: true, details: { reason: 'entra' }, cause },
  )
}

/** Of what Entra says only its code: the rest may repeat what was sent. */
function refused(name: string, status: number, answer: unknown): FlowError {
  const description = isRecord(answer) ? answer['error_description'] : undefined
  const [code = String(status)] =
    (typeof description === 'string' ? /AADSTS\d+/.exec(description) : null) ?? []
  return new FlowError(
    'database_unauthorized',
    `Entra refused to sign "${name}" in (${code}). Check tenant id, client id and client secret of the connection.`,
    { property: 'connection', details: { reason: 'entra', entraCode: code } },
  )
}
