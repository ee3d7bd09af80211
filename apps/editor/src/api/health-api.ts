import { isRecord } from '@millrace/flow'
import { request } from './request.ts'

/** The version of the server, once it is ready. */
export async function readServerVersion(): Promise<string> {
  const { body } = await request('/health')
  return isRecord(body) && typeof body['version'] === 'string' ? body['version'] : ''
}
