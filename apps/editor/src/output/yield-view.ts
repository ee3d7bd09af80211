import { isRecord, readValue, type Flow } from '@millrace/flow'
import { registry } from '../registry.ts'

/** How yielded values are best looked at: as one text if wanted, as rows, or each by itself. */
export type YieldView = 'text' | 'rows' | 'values'

/** The best way for these values. */
export function yieldView(values: readonly unknown[]): YieldView {
  if (values.every((value) => readValue(value).kind === 'text')) return 'text'
  const isTable = values.length > 1 && values.every(isRow)
  return isTable ? 'rows' : 'values'
}

/** A record of plain values fits into a line of a table. */
function isRow(value: unknown): boolean {
  return (
    isRecord(value) &&
    readValue(value).kind === 'json' &&
    Object.values(value).every((cell) => typeof cell !== 'object' || cell === null)
  )
}

/** Whether text streams inside the flow, so that the texts it yields are pieces of one. */
export function streamsText(flow: Flow): boolean {
  return flow.nodes.some(
    ({ type, disabled }) => disabled !== true && registry.nodes.get(type)?.streams === true,
  )
}
