import { isRecord } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { request } from './request.ts'

/** How long the server keeps ended runs: the oldest go until all of these hold. */
export interface Retention {
  /** How many of all flows. */
  readonly runs: number
  readonly days: number
  readonly megabytes: number
}

export async function readRetention(signal: AbortSignal): Promise<Retention> {
  const { body } = await request('/retention', { signal })
  if (!isRecord(body)) throw unreadable('limits of what is kept')
  const { runs, days, megabytes } = body
  return { runs: Number(runs), days: Number(days), megabytes: Number(megabytes) }
}
