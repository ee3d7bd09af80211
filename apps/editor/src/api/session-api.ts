import { isRecord } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { request } from './request.ts'
import { reportSignedOut } from './session-state.ts'

export interface Session {
  readonly isSignedIn: boolean
  /** Whether the server has a sign-in at all. */
  readonly hasPassword: boolean
}

export async function readSession(): Promise<Session> {
  const { body } = await request('/session')
  if (!isRecord(body) || typeof body['isSignedIn'] !== 'boolean') throw unreadable('session')
  const { isSignedIn, hasPassword } = body
  reportSignedOut(!isSignedIn)
  return { isSignedIn, hasPassword: hasPassword === true }
}

/** Throws an `ApiError`: `unauthorized` for another password, `rate_limited`. */
export async function signIn(password: string): Promise<void> {
  await request('/session', { method: 'POST', body: { password } })
  reportSignedOut(false)
}

export async function signOut(): Promise<void> {
  await request('/session', { method: 'DELETE' })
  reportSignedOut(true)
}
