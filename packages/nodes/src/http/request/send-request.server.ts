import { FlowError } from '@millrace/flow'
import type { Credential } from '../credential/credential.server.ts'
import { exchange, type Answer, type ExchangeOptions } from './exchange.server.ts'
import type { OutgoingRequest } from './outgoing-request.ts'
import { redirected } from './redirect.ts'

export interface SendOptions extends ExchangeOptions {
  readonly credential: Credential | undefined
  readonly maxRedirects: number
}

/** Sends a request and follows redirects. Each address is checked anew, when it is connected to. */
export async function sendRequest(
  request: OutgoingRequest,
  { credential, maxRedirects, ...options }: SendOptions,
): Promise<Answer> {
  let current = request
  let answer = await sendWithCredential(current, credential, options)
  let isAtHome = true
  for (let count = 1; maxRedirects > 0; count += 1) {
    const { location } = answer.headers
    const next = redirected(current, {
      status: answer.status,
      location: typeof location === 'string' ? location : undefined,
    })
    if (next === undefined) break
    if (count > maxRedirects) throw tooManyRedirects(request.url, maxRedirects)
    // [H7] Who was sent elsewhere once comes back without the credential: the way back is not its own.
    isAtHome &&= next.url.origin === request.url.origin
    current = next
    answer = await sendWithCredential(current, isAtHome ? credential : undefined, options)
  }
  return answer
}

/** [H7] A credential goes to its own origin only. One that was refused is made anew, once. */
async function sendWithCredential(
  request: OutgoingRequest,
  credential: Credential | undefined,
  options: ExchangeOptions,
): Promise<Answer> {
  if (credential === undefined || credential.origin !== request.url.origin) {
    return exchange(request, options)
  }
  const headers = await credential.headers(options.signal)
  const answer = await exchange(withHeaders(request, headers), options)
  if (answer.status !== 401) return answer
  const renewed = await credential.renew?.(headers, options.signal)
  return renewed === undefined ? answer : exchange(withHeaders(request, renewed), options)
}

function withHeaders(
  request: OutgoingRequest,
  headers: OutgoingRequest['headers'],
): OutgoingRequest {
  return { ...request, headers: { ...request.headers, ...headers } }
}

function tooManyRedirects({ host }: URL, max: number): FlowError {
  return new FlowError(
    'limit_exceeded',
    `"${host}" redirected the request more than ${max} times. Check the URL, or raise "Maximum redirects".`,
    { property: 'maximumRedirects', details: { limit: 'redirects', max } },
  )
}
