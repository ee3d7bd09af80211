import { isRecord } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import type { PublishedEnvironment } from './environments.ts'
import { readEntry, readPublished, type PublicationEntry, type Published } from './published.ts'
import { request } from './request.ts'

export interface Publications {
  readonly published: readonly Published[]
  /** The latest first. */
  readonly history: readonly PublicationEntry[]
}

export async function readPublications(
  flowId: string,
  signal?: AbortSignal,
): Promise<Publications> {
  const path = `${pathOf(flowId)}/publications`
  const { body } = await request(path, signal === undefined ? {} : { signal })
  if (!isRecord(body) || !Array.isArray(body['history'])) throw unreadable('list of publications')
  return {
    published: readPublished(body['published']),
    history: body['history'].filter(isRecord).flatMap(readEntry),
  }
}

/** Publishes a saved revision; one that cannot run is refused with its problems. */
export async function publishFlow(
  flowId: string,
  environment: PublishedEnvironment,
  revision: string,
): Promise<void> {
  await request(`${pathOf(flowId)}/publish`, {
    method: 'POST',
    body: { environment, revision: Number(revision) },
  })
}

export async function unpublishFlow(
  flowId: string,
  environment: PublishedEnvironment,
): Promise<void> {
  await request(`${pathOf(flowId)}/publish?environment=${environment}`, { method: 'DELETE' })
}

function pathOf(flowId: string): string {
  return `/flows/${encodeURIComponent(flowId)}`
}
