import { isRecord, parseFlow } from '@millrace/flow'
import { downloadText } from './download.ts'
import { exportFlow } from './export-flow.ts'

/** Saves a document of the server as a file; one that is no flow here is saved as it is. */
export function exportDocument(id: string, document: unknown): void {
  const parsed = parseFlow(document)
  if (parsed.status === 'flow') exportFlow(parsed.flow)
  else if (isRecord(document)) downloadText(`${id}.flow.json`, JSON.stringify(document, null, 2))
}
