import type { OutgoingRequest } from '@millrace/engine'
import type { JsonValue, RecordedRequest } from '@millrace/flow'
import { withoutSecretParameters, withoutSecretValues } from './redact.ts'

/** What is kept of a request: where it went and what it said, without secrets by their names. */
export function recordedRequest({ method, url, body }: OutgoingRequest): RecordedRequest {
  const { pathname, search } = new URL(url)
  const query = search === '' ? '' : `?${withoutSecretParameters(search.slice(1))}`
  const text = typeof body === 'string' ? body : body && Buffer.from(body).toString()
  return {
    method,
    path: `${pathname}${query}`,
    ...(text === null || text === '' ? {} : { body: readBody(text) }),
  }
}

const form = /^[\w.~%+-]+=[^\s&]*(?:&[\w.~%+-]+=[^\s&]*)*$/

function readBody(text: string): JsonValue {
  try {
    return withoutSecretValues(JSON.parse(text) as JsonValue) // what JSON.parse answers
  } catch {
    return form.test(text) ? withoutSecretParameters(text) : text
  }
}
