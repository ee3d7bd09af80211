import { isSecretHeader } from '@millrace/flow'
import type { OutgoingRequest } from './outgoing-request.ts'

/**
 * [H6] The request that a redirect asks for, with its method rewritten as browsers do; `undefined`
 * when the answer is none, or leads to what is no web address.
 */
export function redirected(
  request: OutgoingRequest,
  { status, location }: { readonly status: number; readonly location: string | undefined },
): OutgoingRequest | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined
  const url = URL.parse(location, request.url.href)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined
  url.username = ''
  url.password = ''
  url.hash = ''
  const headers = url.origin === request.url.origin ? request.headers : withoutSecrets(request)
  if (!becomesGet(status, request.method)) return { ...request, url, headers }
  const { 'content-type': _, ...others } = headers
  return { method: 'GET', url, headers: others, body: undefined }
}

function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD'
  return (status === 301 || status === 302) && method === 'POST'
}

function withoutSecrets({ headers }: OutgoingRequest): OutgoingRequest['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isSecretHeader(name)))
}
