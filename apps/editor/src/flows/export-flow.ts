import { isRecord, parseFlow, serializeFlow, type Flow } from '@millrace/flow'
import { downloadText } from './download.ts'

/** Saves a flow as a file: its canonical text, the same bytes that git sees. */
export function exportFlow(flow: Flow): void {
  downloadText(`${flow.id}.flow.json`, serializeFlow(flow))
}

/** Saves a document of the server as a file; one that is no flow here is saved as it is. */
export function exportDocument(id: string, document: unknown): void {
  const parsed = parseFlow(document)
  if (parsed.status === 'flow') exportFlow(parsed.flow)
  else if (isRecord(document)) downloadText(`${id}.flow.json`, JSON.stringify(document, null, 2))
}
