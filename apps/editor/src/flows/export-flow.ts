import { serializeFlow, type Flow } from '@millrace/flow'
import { downloadText } from './download.ts'

/** Saves a flow as a file: its canonical text, the same bytes that git sees. */
export function exportFlow(flow: Flow): void {
  downloadText(`${flow.id}.flow.json`, serializeFlow(flow))
}
