import { FlowError, isRecord, textOf, type NamedValue } from '@millrace/flow'
import { kindOf } from '../../kind-of.ts'
import { bytesOfBase64 } from '../../bytes-of-base64.ts'

/** One request as it goes out, but for the credential. */
export interface OutgoingRequest {
  readonly method: string
  readonly url: URL
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
}

/** What a node says of the request that it sends. */
export interface RequestParts {
  readonly method: string
  /** Whole, or relative to the base. */
  readonly url: string
  readonly baseUrl: string | undefined
  readonly queryParameters: readonly NamedValue<unknown>[]
  readonly headers: readonly NamedValue<unknown>[]
  readonly bodyType: 'none' | 'json' | 'text' | 'form' | 'bytes'
  readonly body: unknown
}

/** Puts a request together. Throws `input_invalid`, located at the property that is to blame. */
export function composeRequest(parts: RequestParts): OutgoingRequest {
  const url = targetOf(parts)
  for (const { name, value } of parts.queryParameters) {
    for (const one of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (one !== null) url.searchParams.append(name, textOf(one))
    }
  }
  const body = bodyOf(parts)
  return {
    method: parts.method,
    url,
    headers: {
      accept: '*/*',
      'accept-encoding': 'gzip, br',
      'user-agent': 'Millrace',
      ...(body === undefined ? {} : { 'content-type': body.contentType }),
      ...headersOf(parts.headers),
    },
    body: body?.bytes,
  }
}

/**
 * [H1] The address of a request. With a base URL, what is relative is put behind it and stays below
 * it, however it is written.
 */
function targetOf({ url: text, baseUrl }: RequestParts): URL {
  const written = text.trim()
  if (baseUrl !== undefined && !isWhole(written)) return below(baseUrl, written)
  if (written !== '') return webAddress(written, { property: 'url', what: 'The URL' })
  throw invalid('url', 'The URL is empty. Write an address, or choose a connection.')
}

/** Whether a URL says by itself where it leads, and not only what comes after a base URL. */
export function isWhole(url: string): boolean {
  return /^\s*https?:/i.test(url)
}

function below(baseUrl: string, relative: string): URL {
  const url = webAddress(baseUrl, {
    property: 'connection',
    what: 'The base URL of the connection',
  })
  const base = url.pathname.replace(/\/+$/, '')
  const [, path = '', query = ''] = /^\/*([^?#]*)(\?[^#]*)?/.exec(relative) ?? []
  if (path !== '') url.pathname = `${base}/${path}`
  if (query.length > 1) {
    url.search = url.search === '' ? query : `${url.search}&${query.slice(1)}`
  }
  const isBelow = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}/`)
  // A server may take "%2F" for a slash, so the path has to stay there for such a one, too.
  if (isBelow(url.pathname, base) && isBelow(asDecoded(url.pathname), asDecoded(base))) return url
  throw invalid(
    'url',
    'The URL leads out of the base URL of the connection, by "..". Write what comes after the base URL.',
  )
}

/** A path as a server reads it that decodes it before it follows its "..". */
function asDecoded(path: string): string {
  const url = new URL('http://host')
  try {
    url.pathname = decodeURIComponent(path)
  } catch {
    return path
  }
  return url.pathname.replace(/\/+$/, '')
}

function webAddress(
  text: string,
  { property, what }: { readonly property: string; readonly what: string },
): URL {
  const url = URL.parse(text)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw invalid(
      property,
      `${what} is no web address. Write one that begins with http:// or https://.`,
    )
  }
  // [H2] What stands in an address ends up in logs.
  if (url.username !== '' || url.password !== '') {
    throw invalid(
      property,
      `${what} to "${url.host}" holds a user name or password. Put them into a connection of the kind Basic, where they stay secret.`,
    )
  }
  url.hash = ''
  return url
}

const headerName = /^[\w!#$%&'*+.^`|~-]+$/
const headerValue = /^[\t\u0020-\u007E\u0080-\u00FF]*$/

/** Headers that say how a request is sent, so each request has its own. */
const ownHeaders = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** [H3] Nothing that could end a header and begin another is sent. */
function headersOf(headers: readonly NamedValue<unknown>[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    headers.flatMap(({ name: written, value }) => {
      const name = written.trim().toLowerCase()
      if (value === null) return []
      const text = textOf(value)
      if (!headerName.test(name)) {
        throw invalid(
          'headers',
          `"${written}" is no name of a header. Take letters, digits and - only.`,
        )
      }
      if (ownHeaders.has(name)) {
        throw invalid('headers', `The header "${name}" is made anew for each request. Remove it.`)
      }
      if (!headerValue.test(text)) {
        throw invalid(
          'headers',
          `The value of the header "${name}" holds characters that cannot be sent, such as a line break. Encode it.`,
        )
      }
      return [[name, text.trim()]]
    }),
  )
}

interface Body {
  readonly contentType: string
  readonly bytes: Uint8Array
}

function bodyOf({ bodyType, body }: RequestParts): Body | undefined {
  const utf8 = new TextEncoder()
  switch (bodyType) {
    case 'none':
      return undefined
    case 'json':
      return { contentType: 'application/json', bytes: utf8.encode(JSON.stringify(body ?? null)) }
    case 'text':
      return { contentType: 'text/plain; charset=utf-8', bytes: utf8.encode(textOf(body)) }
    case 'form':
      return {
        contentType: 'application/x-www-form-urlencoded',
        bytes: utf8.encode(formOf(body).toString()),
      }
    case 'bytes': {
      if (typeof body !== 'string') {
        throw invalid('body', `The body must be text in Base64, but is ${kindOf(body)}.`)
      }
      return { contentType: 'application/octet-stream', bytes: bytesIn(body) }
    }
  }
}

function bytesIn(body: string): Uint8Array {
  try {
    return bytesOfBase64(body)
  } catch (error) {
    throw error instanceof FlowError ? error.in('body') : error
  }
}

function formOf(body: unknown): URLSearchParams {
  if (!isRecord(body)) {
    throw invalid(
      'body',
      `The body of a form must be a record of its fields, but is ${kindOf(body)}.`,
    )
  }
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(body)) {
    for (const one of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (one !== null) form.append(name, textOf(one))
    }
  }
  return form
}

function invalid(property: string, message: string): FlowError {
  return new FlowError('input_invalid', message, { property })
}
