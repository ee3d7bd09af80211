import type { Connection, Services } from '@millrace/engine'
import { FlowError, isRecord } from '@millrace/flow'
import type OpenAI from 'openai'
import { UpstreamCall } from '../http/upstream-call.ts'
import { baseUrlOf, openAiClient, requestOptions } from './client.ts'
import { providerError, statusOf } from './provider-error.server.ts'

/** A server's list of its models. */
export interface ModelList {
  /** In the server's order. */
  readonly ids: readonly string[]
  /** As the server described them. */
  readonly models: readonly unknown[]
  readonly headers: Headers
}

/** How long somebody waits at a dialog, in milliseconds, for all that is asked. */
const patienceMs = 20_000

/** Asks with a limit of time. Throws a `FlowError` for whatever goes wrong. */
export async function askBriefly<T>(
  connection: Connection,
  ask: (call: UpstreamCall) => Promise<T>,
): Promise<T> {
  const baseUrl = baseUrlOf(connection)
  const call = new UpstreamCall(connection.name, new AbortController().signal)
  const timer = setTimeout(() => call.giveUp(tooSlow(connection, baseUrl)), patienceMs)
  try {
    return await ask(call)
  } catch (error) {
    throw providerError(call.failure ?? error, { connection, baseUrl })
  } finally {
    clearTimeout(timer)
    call.close()
  }
}

/** Options for a single attempt whose answer is read whole. */
export function onceOnly(call: UpstreamCall): OpenAI.RequestOptions {
  return { ...requestOptions(call, 'whole'), maxRetries: 0 }
}

/** The ids of the models that a server offers, in its order. */
export async function listModels(
  connection: Connection,
  services: Services,
): Promise<readonly string[]> {
  try {
    const client = openAiClient(connection, services)
    const list = await askBriefly(connection, async (call) =>
      readModels(await client.models.list(onceOnly(call)).asResponse(), connection),
    )
    return list.ids
  } catch (error) {
    if (statusOf(error) !== 404) throw error
    throw new FlowError(
      'provider_failed',
      `"${connection.name}" has no list of models (404). Write the id of a model by hand, or test the connection to see whether its base URL is right.`,
      { property: 'connection', details: { status: 404 }, cause: error },
    )
  }
}

/** Reads an answer that should list models. Throws `upstream_protocol` when it does not. */
export async function readModels(response: Response, connection: Connection): Promise<ModelList> {
  const text = await response.text()
  const where = baseUrlOf(connection)
  const isPage =
    response.headers.get('content-type')?.startsWith('text/html') === true || text.startsWith('<')
  if (isPage) {
    throw protocolError(
      'web_page',
      `A web page answers at ${where}, not a model server. Check the base URL of "${connection.name}": it is often an address of its own that ends with /v1.`,
    )
  }
  const models = modelsIn(text)
  if (models === undefined) {
    throw protocolError(
      'no_models',
      `What answers at ${where} does not list models as OpenAI's protocol has it. Check the base URL of "${connection.name}".`,
    )
  }
  const ids = models.flatMap((model) =>
    isRecord(model) && typeof model['id'] === 'string' ? [model['id'].slice(0, 200)] : [],
  )
  return { ids, models, headers: response.headers }
}

/** Some servers leave out the object around the list. */
function modelsIn(text: string): readonly unknown[] | undefined {
  try {
    const body: unknown = JSON.parse(text)
    const list = isRecord(body) ? body['data'] : body
    return Array.isArray(list) ? list : undefined
  } catch {
    return undefined
  }
}

function protocolError(reason: string, message: string): FlowError {
  return new FlowError('upstream_protocol', message, {
    property: 'connection',
    details: { reason },
  })
}

function tooSlow(connection: Connection, baseUrl: string): FlowError {
  return new FlowError(
    'timeout',
    `"${connection.name}" did not answer at ${baseUrl} within ${patienceMs / 1000} seconds. Check the base URL of the connection, and whether a firewall is between.`,
    { retryable: true, property: 'connection' },
  )
}
