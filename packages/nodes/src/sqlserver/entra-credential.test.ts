import { fakeServices } from '@millrace/engine/testing'
import { Secret } from '@millrace/engine'
import { toFlowError, type FlowError } from '@millrace/flow'
import type { TdsLoopback } from '@millrace/tds-loopback'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answers, startProvider, type ProviderScript } from '../testing/scripted-provider.server.ts'
import { selfSigned } from '@millrace/tds-loopback/self-signed'
import { createEntraCredential } from './entra-credential.server.ts'
import { sqlServerAccess } from './sqlserver-access.server.ts'
import { createSqlServerDatabase } from './sqlserver-database.server.ts'
import { startSqlServer } from './testing/start-sqlserver.server.ts'
import { loopbackConnection } from './testing/sqlserver-under-test.server.ts'

const principal = { tenantId: 'tenant', clientId: 'client', clientSecret: 'cl1ent-secret' }
const scope = 'https://database.windows.net/.default'

const takes: ProviderScript = answers({ access_token: 'token-1', expires_in: 3600 })
const refuses: ProviderScript = (response) => {
  response.writeHead(401, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify({
      error: 'invalid_client',
      error_description: 'AADSTS7000215: Invalid client secret cl1ent-secret provided.',
    }),
  )
}

let loopback: TdsLoopback

beforeAll(async () => {
  loopback = await startSqlServer({ tls: selfSigned, tokens: ['token-1'] })
}, 30_000)

afterAll(() => loopback[Symbol.asyncDispose]())

/** The connection of a service principal whose tokens come from a server of the test. */
function openWith(baseUrl: string, services = fakeServices()) {
  const { clientSecret, ...ids } = principal
  const connection = loopbackConnection(loopback, {
    ...ids,
    clientSecret: new Secret(clientSecret),
    user: undefined,
    password: undefined,
    encrypt: true,
  })
  const access = sqlServerAccess(connection, services)
  const credential = createEntraCredential(principal, connection, services, baseUrl)
  return createSqlServerDatabase({
    ...access,
    config: {
      ...access.config,
      authentication: { type: 'token-credential', options: { credential } },
    },
  })
}

async function ask(baseUrl: string, services = fakeServices()): Promise<unknown> {
  const database = openWith(baseUrl, services)
  const options = { signal: new AbortController().signal, timeoutSeconds: 5 }
  try {
    return await database.withSession(options, async (session) => {
      const { rows } = await session.run('SELECT 1')
      return rows
    })
  } catch (error) {
    return toFlowError(error)
  } finally {
    await database.close()
  }
}

it('signs a service principal in with a token of Entra', async () => {
  await using entra = await startProvider(takes)
  expect(await ask(entra.url)).toEqual([[1]])
  expect(entra.requests.map(({ path, body }) => ({ path, body }))).toEqual([
    {
      path: '/v1/tenant/oauth2/v2.0/token',
      body: {
        grant_type: 'client_credentials',
        client_id: 'client',
        client_secret: 'cl1ent-secret',
        scope,
      },
    },
  ])
})

it('asks for one token for all sessions, and for a new one before it ends', async () => {
  await using entra = await startProvider(takes)
  let now = 0
  const services = fakeServices({ now: () => now })
  const credential = createEntraCredential(
    principal,
    loopbackConnection(loopback),
    services,
    entra.url,
  )
  await credential.getToken(scope)
  now = 54 * 60_000
  await credential.getToken(scope)
  expect(entra.requests).toHaveLength(1)
  now = 56 * 60_000
  await credential.getToken(scope)
  expect(entra.requests).toHaveLength(2)
})

it('says with its code that Entra refused, and keeps the secret', async () => {
  await using entra = await startProvider(refuses)
  const error = (await ask(entra.url)) as FlowError
  expect([error.code, error.property, error.details]).toEqual([
    'database_unauthorized',
    'connection',
    { reason: 'entra', entraCode: 'AADSTS7000215' },
  ])
  expect(error.message).not.toContain('cl1ent-secret')
})

it('says that Entra cannot be reached, also where its address may not be', async () => {
  const nobody = (await ask('http://127.0.0.1:1')) as FlowError
  await using entra = await startProvider(takes)
  const services = {
    ...fakeServices(),
    mayConnect: ({ port }: { readonly port: number }) => port === loopback.port,
  }
  const forbidden = (await ask(entra.url, services)) as FlowError
  expect([nobody, forbidden].map(({ code, details }) => [code, details?.['reason']])).toEqual([
    ['database_unavailable', 'entra'],
    ['database_unavailable', 'entra'],
  ])
  expect(entra.requests).toEqual([])
})

it('is refused by a server that does not know its token', async () => {
  await using entra = await startProvider(answers({ access_token: 'other', expires_in: 3600 }))
  expect(await ask(entra.url)).toMatchObject({ code: 'database_unauthorized' })
})
