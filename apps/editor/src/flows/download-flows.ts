import type { JsonValue } from '@millrace/flow'
import { readTests } from '../api/flow-tests-api.ts'
import { readFlow } from '../api/flows-api.ts'
import { downloadText } from './download.ts'

/** Saves several flows of the server as one file. Fails with an `ApiError`. */
export async function downloadFlows(ids: readonly string[]): Promise<void> {
  const documents: JsonValue[] = []
  for (const id of ids) {
    documents.push((await readFlow(id)).document)
    const { tests } = await readTests(id)
    if (tests.tests.length > 0) documents.push(tests as unknown as JsonValue) // it came as JSON
  }
  downloadText('flows.json', `${JSON.stringify(documents, null, 2)}\n`)
}
