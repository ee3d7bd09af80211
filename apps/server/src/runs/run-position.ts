import { FlowError } from '@millrace/flow'
import type { RunPosition } from './run-records.ts'

/** Where a list of runs goes on, as a text that only this server reads. */
export function positionText({ startedAt, id }: RunPosition): string {
  return `${startedAt}.${id}`
}

/** Reads it back. Throws `bad_request`. */
export function readPosition(text: string): RunPosition {
  const [, startedAt, id] = /^([0-9]{1,15})\.(.+)$/.exec(text) ?? []
  if (startedAt !== undefined && id !== undefined) return { startedAt: Number(startedAt), id }
  throw new FlowError(
    'bad_request',
    `"${text}" is no place in a list of runs. Send the "next" of a page as it came, as ?before=….`,
  )
}
