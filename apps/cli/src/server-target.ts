import { UsageError } from './exit-code.ts'

/** A server that a command asks, as its command line and its environment name it. */
export interface ServerTarget {
  /** Such as `http://localhost:4400`, perhaps with a path. */
  readonly address: string
  /** The API key that goes with each request; a server without keys and password asks for none. */
  readonly key: string | undefined
}

/** The options of a command that asks a server. */
export const keyOption = {
  type: 'string',
  description:
    'The API key for the server; default: MILLRACE_KEY, which other users of this machine cannot read',
} as const

/** Throws a `UsageError` for what cannot be an address or a key. */
export function serverTarget(
  { server, key }: { readonly server: string; readonly key?: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): ServerTarget {
  const target = { address: server, key: (key ?? environment['MILLRACE_KEY'])?.trim() || undefined }
  urlOf(target, '')
  // It goes into a header, which holds no others.
  if (target.key !== undefined && !/^[\x21-\x7e]+$/.test(target.key)) {
    throw new UsageError(
      `The API key in ${key === undefined ? 'MILLRACE_KEY' : '--key'} holds spaces or letters that no key has. Copy it again.`,
    )
  }
  return target
}

/** The address of something on a server, by its path from the server's root: `/api/flows/chat`. */
export function urlOf({ address }: Pick<ServerTarget, 'address'>, path: string): URL {
  const url = URL.parse(address)
  if (url?.protocol === 'http:' || url?.protocol === 'https:') {
    url.pathname = url.pathname.replace(/\/+$/, '') + path
    return url
  }
  throw new UsageError(
    `--server is "${address}". Give the address of a server, such as http://localhost:4400.`,
  )
}

/** What a request says of who makes it. */
export function keyHeaders({ key }: Pick<ServerTarget, 'key'>): Readonly<Record<string, string>> {
  return key === undefined ? {} : { authorization: `Bearer ${key}` }
}
