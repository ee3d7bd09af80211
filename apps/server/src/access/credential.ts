import type { IncomingMessage } from 'node:http'

/** The key or token that a request carries: as a bearer, or in `x-api-key`. */
export function credentialOf({ headers }: IncomingMessage): string | undefined {
  const apiKey = headers['x-api-key']
  if (typeof apiKey === 'string') return apiKey.trim()
  // Other schemes are those of a proxy in front of the server.
  return /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
}

/** A cookie that a request carries. */
export function cookieOf({ headers }: IncomingMessage, name: string): string | undefined {
  for (const part of headers.cookie?.split(';') ?? []) {
    const [key = '', ...value] = part.split('=')
    if (key.trim() === name) return value.join('=').trim()
  }
  return undefined
}
