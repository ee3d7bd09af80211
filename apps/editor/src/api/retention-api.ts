import { isRecord } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { request } from './request.ts'

/** How long the server keeps ended runs: until the first of these limits is met. */
export interface Retention {
  /** How many of all flows. */
  readonly runs: number
  readonly days: number
  /** How much of the disk all of them take, in bytes. */
  readonly bytes: number
}

export async function readRetention(signal: AbortSignal): Promise<Retention> {
  const { body } = await request('/run-retention', { signal })
  if (!isRecord(body)) throw unreadable('limits of what is kept')
  return { runs: Number(body['runs']), days: Number(body['days']), bytes: Number(body['bytes']) }
}
