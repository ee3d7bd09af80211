import { isRecord } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { request, type Answer } from './request.ts'

/** Who may chat with a flow without a key. */
export type PublicMode = 'off' | 'anonymous' | 'signed'

/** The public access of a flow, as its operator sets it. */
export interface PublicSettings {
  readonly mode: PublicMode
  readonly origins: readonly string[]
  readonly limits: {
    readonly perMinute: number
    readonly perSession: number
    readonly perDay: number
  }
}

export interface PublicAccess {
  readonly settings: PublicSettings
  /** Whether a secret was made by which visitors are signed. */
  readonly hasSecret: boolean
  readonly revision: string | undefined
}

export async function readPublicAccess(flowId: string, signal: AbortSignal): Promise<PublicAccess> {
  return accessOf(await request(pathOf(flowId), { signal }))
}

/** Opens or closes a flow over the revision that the settings were made from. */
export async function savePublicAccess(
  flowId: string,
  body: PublicSettings,
  revision: string | undefined,
): Promise<PublicAccess> {
  return accessOf(await request(pathOf(flowId), { method: 'PUT', body, ifMatch: revision }))
}

/** Makes another secret, which takes the place of the last; it is told this once. */
export async function newSigningSecret(flowId: string): Promise<string> {
  const { body } = await request(`${pathOf(flowId)}/secret`, { method: 'POST' })
  if (!isRecord(body) || typeof body['secret'] !== 'string') throw unreadable('secret')
  return body['secret']
}

function pathOf(flowId: string): string {
  return `/flows/${encodeURIComponent(flowId)}/public-access`
}

function accessOf({ body, revision }: Answer): PublicAccess {
  if (!isRecord(body) || !isRecord(body['limits']) || !Array.isArray(body['origins'])) {
    throw unreadable('public access')
  }
  const { hasSecret, ...settings } = body
  return {
    settings: settings as unknown as PublicSettings, // the server's own shape, which its tests hold
    hasSecret: hasSecret === true,
    revision,
  }
}
