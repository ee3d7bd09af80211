import { implement, type CallRecord, type NodeContext } from '@millrace/engine'
import { FlowError, isSecretHeader } from '@millrace/flow'
import { baseUrlOf, credentialOf } from '../credential/credential.server.ts'
import { dispatcherFor } from '../dispatcher.server.ts'
import { httpRequest } from './definition.ts'
import type { ExchangeTimes } from './exchange.server.ts'
import { composeRequest, isWhole, type OutgoingRequest } from './outgoing-request.ts'
import { responseValue } from './response-value.ts'
import { sendRequest } from './send-request.server.ts'

type Context = NodeContext<typeof httpRequest>

/** Sends the request and runs the block that its answer is for. */
export const runHttpRequest = implement(httpRequest, async (context) => {
  const response = await ask(context)
  const { success, nonSuccess } = context.blocks
  const isSuccess = response.status >= 200 && response.status < 300
  const end = await (isSuccess ? success({ response }) : nonSuccess({ response }))
  return { outputs: { response }, end }
})

async function ask(context: Context) {
  const { nodeId, properties, services, run } = context
  const { connection, queryParameters = [], headers = [], responseType } = properties
  const composed = composeRequest({
    ...properties,
    url: properties.url ?? '',
    baseUrl: connection && baseUrlOf(connection),
    queryParameters,
    headers,
  })
  // Where the flow names a trace itself, what belongs to the run's is left out.
  const isTraceOwn = 'traceparent' in composed.headers
  const headersOfTrace = isTraceOwn ? undefined : services.traceHeaders?.(run.id)
  const request =
    headersOfTrace === undefined
      ? composed
      : { ...composed, headers: { ...headersOfTrace, ...composed.headers } }
  const credential = connection && credentialOf(connection, services)
  if (credential !== undefined && credential.origin !== request.url.origin) {
    run.log(
      'warning',
      `The URL leads to "${request.url.host}", which is not where "${connection?.name}" is: its credential is not sent.`,
    )
  }
  let attempt = 0
  const answer = await withinTime(context, (signal) =>
    sendRequest(request, {
      credential,
      signal,
      dispatcher: dispatcherFor(nodeId, services),
      maxRedirects: properties.maximumRedirects,
      maxBytes: Math.round(properties.maximumSize * 1024 * 1024),
      now: services.now,
      property: connection === undefined || isWhole(properties.url ?? '') ? 'url' : 'connection',
      onEnd: (sent, status, times) => {
        attempt += 1
        run.call(callRecord(sent, status, { ...times, attempt }))
      },
    }),
  )
  return {
    status: answer.status,
    headers: answer.headers,
    body: responseValue({
      host: answer.url.host,
      status: answer.status,
      contentType: String(answer.headers['content-type'] ?? ''),
      body: answer.body,
      as: responseType,
    }),
  }
}

/** [H4] One clock for the whole exchange, redirects and a token included. */
async function withinTime<T>(
  { properties: { timeout, connection }, signal }: Context,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const clock = AbortSignal.timeout(timeout * 1000)
  try {
    return await send(AbortSignal.any([signal, clock]))
  } catch (error) {
    if (!clock.aborted || error instanceof FlowError) throw error
    throw new FlowError(
      'timeout',
      `${connection === undefined ? 'The server' : `"${connection.name}"`} did not answer completely within ${timeout} seconds. Try again, or raise "Timeout".`,
      { property: 'timeout', retryable: true, details: { limit: 'timeout', max: timeout } },
    )
  }
}

function callRecord(
  { method, url, headers }: OutgoingRequest,
  status: number | undefined,
  { attempt, startedAt, firstByteMs, ms }: ExchangeTimes & { readonly attempt: number },
): CallRecord {
  return {
    kind: 'request',
    attempt,
    method,
    ...(status === undefined ? {} : { status }),
    startedAt,
    ...(firstByteMs === undefined ? {} : { firstByteMs }),
    ms,
    request: { url: shownUrl(url), headers: withoutSecrets(headers) },
  }
}

/** [H10] As it may be recorded. */
function shownUrl(url: URL): string {
  const shown = new URL(url)
  for (const name of new Set(shown.searchParams.keys())) {
    if (isSecretHeader(name)) shown.searchParams.set(name, '[secret]')
  }
  return shown.href
}

function withoutSecrets(headers: OutgoingRequest['headers']): OutgoingRequest['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isSecretHeader(name) ? '[secret]' : value,
    ]),
  )
}
