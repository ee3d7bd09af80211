import { revealed, type Connection, type Services } from '@millrace/engine'
import { FlowError, isRecord } from '@millrace/flow'
import OpenAI from 'openai'
import type { Dispatcher } from 'undici'
import { dispatcherOf } from '../http/dispatcher.server.ts'
import { createUpstreamFetch, type UpstreamOptions } from '../http/upstream-fetch.server.ts'
import type { UpstreamCall } from '../http/upstream-call.ts'
import { textField } from '../text-field.server.ts'
import { openAiBaseUrl } from './connection.ts'

/** The SDK's client for a connection, shared by all runs until the connection is opened anew. */
export function openAiClient(connection: Connection, services: Services): OpenAI {
  const clients = services.share(
    'openai.clients',
    () => new WeakMap<Connection, OpenAI>(),
    () => undefined,
  )
  const known = clients.get(connection)
  if (known !== undefined) return known
  const client = createClient(connection, services)
  clients.set(connection, client)
  return client
}

/** Where a connection's server is, as the connection has it. */
export function baseUrlOf(connection: Connection): string {
  return textField(connection, 'baseUrl') ?? openAiBaseUrl
}

function checkedBaseUrl(connection: Connection): string {
  const text = baseUrlOf(connection)
  const url = URL.parse(text)
  const isWebAddress = /^https?:$/.test(url?.protocol ?? '')
  if (isWebAddress && url?.username === '' && url.password === '') return text
  throw new FlowError(
    'provider_unreachable',
    isWebAddress
      ? `The base URL of "${connection.name}" holds a user name or password, which is not sent. Put it into API key or Headers.`
      : `The base URL of "${connection.name}" is no web address. Write it like ${openAiBaseUrl}.`,
    { property: 'connection', details: { reason: 'no_address' } },
  )
}

/** Characters that HTTP sends in the value of a header, and in its name. */
const headerValue = /^[\t\u0020-\u007E\u0080-\u00FF]*$/
const headerName = /^[\w!#$%&'*+.^`|~-]+$/

/** Headers that say how a request is sent, so each request has its own. */
const ownHeaders = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
])

/**
 * Throws `provider_unauthorized` for what no header can carry, such as a key that was copied in part,
 * and `input_invalid` for a header that is not the connection's to write.
 */
function expectSendable(connection: Connection): void {
  const unfit = (what: string) =>
    new FlowError(
      'provider_unauthorized',
      `The ${what} of "${connection.name}" holds characters that cannot be sent, such as a line break or "…". Enter it again.`,
      { property: 'connection' },
    )
  const taken = (name: string) =>
    new FlowError(
      'input_invalid',
      `The header "${name}" of "${connection.name}" is made anew for each request. Remove it from the connection.`,
      { property: 'connection' },
    )
  if (!headerValue.test(textField(connection, 'apiKey') ?? '')) throw unfit('API key')
  if (!headerValue.test(textField(connection, 'organization') ?? '')) throw unfit('organization')
  for (const [name, value] of Object.entries(headersOf(connection))) {
    if (!headerName.test(name) || !headerValue.test(value)) throw unfit(`header "${name}"`)
    if (ownHeaders.has(name.toLowerCase())) throw taken(name)
  }
}

type TraceHeaders = ReturnType<NonNullable<Services['traceHeaders']>>

/** How an answer is wanted: as it grows, or when all of it is there. */
export type Delivery = 'streamed' | 'whole'

/** The options of a request that make it an attempt of `call`; it goes through `dispatcher` if given. */
export function requestOptions(
  call: UpstreamCall,
  delivery: Delivery,
  { dispatcher, headers }: { dispatcher?: Dispatcher; headers?: TraceHeaders | undefined } = {},
): OpenAI.RequestOptions {
  const own: UpstreamOptions = {
    call,
    streams: delivery === 'streamed',
    ...(dispatcher === undefined ? {} : { dispatcher }),
  }
  return {
    signal: call.signal,
    fetchOptions: own as object, // read by our own fetch, as it is
    ...(headers === undefined ? {} : { headers: { ...headers } }),
  }
}

function createClient(connection: Connection, services: Services): OpenAI {
  expectSendable(connection)
  const apiKey = textField(connection, 'apiKey')
  return new OpenAI({
    // The SDK insists on a key; where there is none, its header is taken out below.
    apiKey: apiKey ?? 'none',
    baseURL: checkedBaseUrl(connection),
    organization: textField(connection, 'organization') ?? null,
    // Nothing may come from the environment of the server: a connection says it all.
    adminAPIKey: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 2,
    defaultHeaders: {
      ...(apiKey === undefined ? { Authorization: null } : {}),
      ...headersOf(connection),
    },
    fetch: createUpstreamFetch(dispatcherOf(services)),
  })
}

function headersOf({ fields: { headers } }: Connection): Readonly<Record<string, string>> {
  if (!isRecord(headers)) return {}
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const text = revealed(value)
      return typeof text === 'string' ? [[name, text]] : []
    }),
  )
}
