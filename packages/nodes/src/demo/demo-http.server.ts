import type { IncomingMessage, ServerResponse } from 'node:http'
import { exceedsDepth, isRecord } from '@millrace/flow'

const maxBodyBytes = 1024 * 1024

/** Why a request is not answered, in OpenAI's shape. */
export interface Refusal {
  readonly status: number
  readonly message: string
  readonly code: string
  readonly param: string | null
}

/** Answers with an error as OpenAI has it. */
export function refuse(response: ServerResponse, { status, message, code, param }: Refusal): void {
  sendJson(response, status, { error: { message, type: 'invalid_request_error', param, code } })
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

/** The body of a request; `undefined` when it is no JSON object, or too large. */
export async function readObject(
  request: IncomingMessage,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const text = await readBody(request)
  const value = text === undefined ? undefined : parse(text)
  return isRecord(value) && !exceedsDepth(value, 64) ? value : undefined
}

/** What is said about a body that could not be read. */
export const unreadable: Refusal = {
  status: 400,
  message: 'The body must be a JSON object.',
  code: 'invalid_body',
  param: null,
}

/** The text of a body; `undefined` when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    // no encoding is set
    size += chunk.length
    if (size > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
