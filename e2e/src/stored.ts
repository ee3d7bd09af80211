import { serializeFlow, type Flow } from '@millrace/flow'
import { expect } from '@playwright/test'
import type { MillraceServer } from './millrace-server.ts'

/** Stores a flow on the server, and answers the address of its designer. */
export async function storeFlow({ url }: MillraceServer, flow: Flow): Promise<string> {
  const response = await send(`${url}/api/flows`, serializeFlow(flow))
  expect(response.status).toBe(201)
  return `${url}/flows/${flow.id}`
}

/** The text of a flow as the server keeps it. */
export async function storedText({ url }: MillraceServer, flowId: string): Promise<string> {
  return (await fetch(`${url}/api/flows/${flowId}`)).text()
}

interface ModelConnection {
  readonly id: string
  readonly name: string
  readonly baseUrl: string
  readonly apiKey?: string
}

/** Stores a connection to a model provider. */
export async function storeConnection(
  { url }: MillraceServer,
  { id, name, baseUrl, apiKey = 'sk-e2e' }: ModelConnection,
): Promise<void> {
  const connection = { id, kind: 'openai', name, fields: { baseUrl, apiKey } }
  const response = await send(`${url}/api/connections`, JSON.stringify(connection))
  expect(response.status).toBe(201)
}

/** Stores a connection to an API that asks for no credential. */
export async function storeApiConnection(
  { url }: MillraceServer,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  const connection = { id, kind: 'http', name, fields: { baseUrl: 'https://api.example.com' } }
  const response = await send(`${url}/api/connections`, JSON.stringify(connection))
  expect(response.status).toBe(201)
}

function send(url: string, body: string): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}
