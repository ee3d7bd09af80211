import type { Connection, Services } from '@millrace/engine'
import { FlowError, isRecord, toFlowError } from '@millrace/flow'
import type OpenAI from 'openai'
import type { ConnectionTest } from '../connection-test.ts'
import type { UpstreamCall } from '../http/upstream-call.ts'
import { testSummaries } from '../test-summaries.ts'
import { withoutSecrets } from '../without-secrets.server.ts'
import { baseUrlOf, openAiClient } from './client.ts'
import { askBriefly, onceOnly, readModels, type ModelList } from './models.server.ts'
import { statusOf } from './provider-error.server.ts'
import { serverName } from './server-name.ts'

/** At most so many ids of models are in a test's answer. */
const maxModels = 1000

/**
 * Tries a server by what costs nothing: asks for its models, and whether it takes the key. One
 * without a list of models is asked whether it takes chat requests at all.
 */
export async function testOpenAi(
  connection: Connection,
  services: Services,
): Promise<ConnectionTest> {
  const start = performance.now()
  const elapsed = () => Math.round(performance.now() - start)
  try {
    const client = openAiClient(connection, services)
    return await askBriefly(connection, async (call) => {
      const test = { connection, client, call }
      try {
        const response = await client.models.list(onceOnly(call)).asResponse()
        const list = await readModels(response, connection)
        const latencyMs = elapsed()
        await expectKeyTaken(test)
        return listed(connection, list, latencyMs)
      } catch (error) {
        if (!isNowhere(error)) throw error
        return await testWithoutModels(test, elapsed)
      }
    })
  } catch (error) {
    return failed(toFlowError(error), connection)
  }
}

function listed(
  connection: Connection,
  { ids, models, headers }: ModelList,
  latencyMs: number,
): ConnectionTest {
  const server = serverName(headers, models)
  const count = ids.length === 1 ? '1 model' : `${ids.length} models`
  return {
    ok: true,
    message: `"${connection.name}" answers, and offers ${count} (${latencyMs} ms).`,
    details: {
      summary: 'It works',
      latencyMs,
      ...(server === undefined ? {} : { server }),
      models: ids.length,
      modelIds: ids.slice(0, maxModels),
      ...(ids.length > 0
        ? {}
        : { warning: 'It offers no model yet. Load one into the server before a flow asks it.' }),
    },
  }
}

interface RunningTest {
  readonly connection: Connection
  readonly client: OpenAI
  readonly call: UpstreamCall
}

/** Some servers list their models to anybody: whether they take the key, only chat requests tell. */
async function expectKeyTaken({ connection, client, call }: RunningTest): Promise<void> {
  if (connection.fields['apiKey'] === undefined) return
  try {
    await askEmptyChat(client, call)
  } catch (error) {
    if (statusOf(error) === 401 || statusOf(error) === 403) throw error
  }
}

/** Asks nothing of a model: a server that takes chat requests only says what is missing. */
async function askEmptyChat(client: OpenAI, call: UpstreamCall): Promise<void> {
  await client.post('/chat/completions', { ...onceOnly(call), body: {} }).asResponse()
}

/** There is no list of models at the base URL: the URL is wrong, or the server has none. */
async function testWithoutModels(
  test: RunningTest,
  elapsed: () => number,
): Promise<ConnectionTest> {
  const { connection, client, call } = test
  const baseUrl = baseUrlOf(connection).replace(/\/+$/, '')
  if (!/\/v\d\w*$/.test(baseUrl) && (await listsModelsBelow(test, '/v1'))) {
    throw wrongPath(connection, baseUrl)
  }
  try {
    await askEmptyChat(client, call)
  } catch (error) {
    if (isNowhere(error)) throw await nowhere(test, baseUrl)
    const status = statusOf(error)
    if (status === undefined || !isAboutRequest(status)) throw error
  }
  const latencyMs = elapsed()
  return {
    ok: true,
    message: `"${connection.name}" takes chat requests, but has no list of models (${latencyMs} ms). Write the id of a model by hand.`,
    details: {
      summary: 'It works, without a list of models',
      latencyMs,
      warning:
        'It has no list of models, so none can be suggested: write the id of a model by hand.',
    },
  }
}

async function listsModelsBelow(
  { client, call, connection }: RunningTest,
  path: string,
): Promise<boolean> {
  try {
    const response = await client.get(`${path}/models`, onceOnly(call)).asResponse()
    await readModels(response, connection)
    return true
  } catch {
    return false
  }
}

/** Nothing of the protocol is at the address; perhaps what else answers there tells why. */
async function nowhere({ client, call, connection }: RunningTest, baseUrl: string) {
  const version = await ollamaVersion(client, call, new URL(baseUrl).origin)
  const message =
    version === undefined
      ? `There is neither a list of models nor a chat completion at ${baseUrl} (404). Check the base URL of "${connection.name}"; it often ends with /v1.`
      : `Ollama ${version} answers at ${baseUrl}, but does not speak OpenAI's protocol there. Update Ollama, and use a base URL that ends with /v1.`
  const reason = version === undefined ? 'nowhere' : 'too_old'
  return new FlowError('provider_failed', message, {
    property: 'connection',
    details: { status: 404, reason },
  })
}

async function ollamaVersion(
  client: OpenAI,
  call: UpstreamCall,
  origin: string,
): Promise<string | undefined> {
  try {
    const response = await client.get(`${origin}/api/version`, onceOnly(call)).asResponse()
    const body: unknown = await response.json()
    const version = isRecord(body) ? body['version'] : undefined
    return typeof version === 'string' ? version.slice(0, 20) : undefined
  } catch {
    return undefined
  }
}

function wrongPath(connection: Connection, baseUrl: string): FlowError {
  const better = `${baseUrl}/v1`
  return new FlowError(
    'provider_failed',
    `There is no list of models at ${baseUrl}, but there is one at ${better}. Put ${better} into the base URL of "${connection.name}".`,
    {
      property: 'connection',
      details: { status: 404, reason: 'path', suggestion: { field: 'baseUrl', value: better } },
    },
  )
}

function isNowhere(error: unknown): boolean {
  return [404, 405, 501].includes(statusOf(error) ?? 0)
}

/** The status of a server that looked at an empty chat request. */
function isAboutRequest(status: number): boolean {
  return status === 400 || status === 422 || status === 500
}

function failed(error: FlowError, connection: Connection): ConnectionTest {
  const { code, details } = error
  const suggestion = details?.['suggestion']
  return {
    ok: false,
    message: withoutSecrets(error.message, connection),
    details: {
      summary: summaryOf(error),
      code,
      ...(isSuggestion(suggestion) ? { suggestion } : {}),
    },
  }
}

function isSuggestion(value: unknown): value is { field: string; value: string } {
  return isRecord(value) && typeof value['field'] === 'string' && typeof value['value'] === 'string'
}

const summaryOf = testSummaries({
  reasons: {
    no_tls: 'It does not speak https there',
    no_address: 'The base URL is no web address',
    web_page: 'A web page answers there',
    no_models: 'Something else answers there',
    no_http: 'Something else answers there',
    redirect: 'It moved to another address',
    path: 'The base URL lacks /v1',
    nowhere: 'Nothing is at this path',
    too_old: 'The server is too old',
    no_key: 'It asks for an API key',
    forbidden: 'The API key may not be used',
    quota: 'The quota is used up',
  },
  codes: {
    provider_unauthorized: 'The API key was refused',
    provider_limited: 'It gets too many requests',
    upstream_disconnected: 'It broke off the connection',
    provider_unreachable: 'It cannot be reached',
  },
})
