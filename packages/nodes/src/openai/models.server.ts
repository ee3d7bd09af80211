import type { Connection, Services } from '@millrace/engine'
import { toFlowError } from '@millrace/flow'
import { UpstreamCall } from '../http/upstream-call.ts'
import type { ConnectionTest } from '../connection-test.ts'
import { baseUrlOf, openAiClient, requestOptions } from './client.ts'
import { providerError } from './provider-error.server.ts'

/** The ids of the models that a server offers, in its order. */
export async function listModels(
  connection: Connection,
  services: Services,
): Promise<readonly string[]> {
  const call = new UpstreamCall(connection.name, AbortSignal.timeout(listMs))
  try {
    const options = { ...requestOptions(call, 'whole'), maxRetries: 0 }
    const page = await openAiClient(connection, services).models.list(options)
    return page.data.map(({ id }) => id)
  } catch (error) {
    throw providerError(call.failure ?? error, { connection, baseUrl: baseUrlOf(connection) })
  } finally {
    call.close()
  }
}

/** Asks a server for its models, which shows that it is there and takes the key. */
export async function testOpenAi(
  connection: Connection,
  services: Services,
): Promise<ConnectionTest> {
  const start = performance.now()
  try {
    const models = await listModels(connection, services)
    const latencyMs = Math.round(performance.now() - start)
    const count = models.length === 1 ? '1 model' : `${models.length} models`
    return {
      ok: true,
      message: `"${connection.name}" answers, and offers ${count} (${latencyMs} ms).`,
      details: { latencyMs, models: models.length },
    }
  } catch (error) {
    const { code, message } = toFlowError(error)
    return { ok: false, message, details: { code } }
  }
}

/** How long listing may take, in milliseconds: somebody waits at a dialog. */
const listMs = 20_000
