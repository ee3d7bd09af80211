import type { Connection, Services } from '@millrace/engine'
import { FlowError, toFlowError } from '@millrace/flow'
import type { ConnectionTest } from '../connection-test.ts'
import { testSummaries } from '../test-summaries.ts'
import { withoutSecrets } from '../without-secrets.server.ts'
import { baseUrlOf, credentialOf } from './credential/credential.server.ts'
import { dispatcherOf } from './dispatcher.server.ts'
import { composeRequest } from './request/outgoing-request.ts'
import { sendRequest } from './request/send-request.server.ts'

/** How long the test may take, in milliseconds. */
const testMs = 20_000
const maxBytes = 1024 * 1024

/**
 * Asks for the base URL, with the credential. What is there matters little, as an API often has
 * nothing at its root: only whether something answers, and whether it takes the credential.
 */
export async function testHttp(
  connection: Connection,
  services: Services,
): Promise<ConnectionTest> {
  const begun = performance.now()
  try {
    const status = await askBase(connection, services)
    const latencyMs = Math.round(performance.now() - begun)
    if (status === 401 || status === 403) throw refused(connection, status)
    const isThere = status < 400
    return {
      ok: true,
      message: `"${connection.name}" answers with status ${status} (${latencyMs} ms).`,
      details: {
        summary: 'It answers',
        latencyMs,
        findings: [{ label: 'Status', value: String(status) }],
        ...(isThere
          ? {}
          : {
              warning: `Nothing is at the base URL itself (status ${status}), which is usual. Whether the API takes the credential, only a request tells.`,
            }),
      },
    }
  } catch (error) {
    return failed(toFlowError(error), connection)
  }
}

async function askBase(connection: Connection, services: Services): Promise<number> {
  const request = composeRequest({
    method: 'GET',
    url: '',
    baseUrl: baseUrlOf(connection),
    queryParameters: [],
    headers: [],
    bodyType: 'none',
    body: undefined,
  })
  const clock = AbortSignal.timeout(testMs)
  try {
    const { status } = await sendRequest(request, {
      credential: credentialOf(connection, services),
      signal: clock,
      dispatcher: dispatcherOf(services),
      maxRedirects: 5,
      maxBytes,
      now: services.now,
      property: 'connection',
      onEnd: () => undefined,
    })
    return status
  } catch (error) {
    if (!clock.aborted || error instanceof FlowError) throw error
    throw new FlowError(
      'timeout',
      `"${connection.name}" did not answer within ${testMs / 1000} seconds. Check the base URL.`,
      { property: 'connection' },
    )
  }
}

function refused(connection: Connection, status: number): FlowError {
  return new FlowError(
    'provider_unauthorized',
    `"${connection.name}" refused the credential (status ${status}). Check how it signs in.`,
    { property: 'connection', details: { status } },
  )
}

function failed(error: FlowError, connection: Connection): ConnectionTest {
  return {
    ok: false,
    message: withoutSecrets(error.message, connection),
    details: { summary: summaryOf(error), code: error.code },
  }
}

const summaryOf = testSummaries({
  reasons: { no_address: 'The base URL is no web address' },
  codes: {
    provider_unauthorized: 'The credential was refused',
    provider_unreachable: 'It cannot be reached',
    upstream_disconnected: 'It broke off the connection',
    upstream_protocol: 'It does not speak HTTP there',
    timeout: 'It does not answer',
  },
})
