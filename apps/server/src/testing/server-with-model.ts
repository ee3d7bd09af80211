import { startFakeModel, type FakeModel } from './fake-model.ts'
import { startTestServer, type TestServer } from './test-server.ts'

export interface ServerWithModel {
  readonly server: TestServer
  readonly model: FakeModel
  close(): Promise<void>
}

/** Starts a fake model, and a server that has a connection to it with the id `model`. */
export async function startServerWithModel(
  fields: { readonly apiKey?: string } = {},
): Promise<ServerWithModel> {
  const model = await startFakeModel()
  const server = await startTestServer()
  await server.call('POST', '/api/connections', {
    body: {
      id: 'model',
      kind: 'openai',
      name: 'Model',
      fields: { baseUrl: model.url, ...fields },
    },
  })
  return {
    server,
    model,
    async close() {
      await server.close()
      await model.close()
    },
  }
}
