import { isRecord } from '@millrace/flow'
import { unreadable } from './api-error.ts'
import { publishedEnvironments, type PublishedEnvironment } from './environments.ts'
import { request } from './request.ts'
import { textOfJson } from './text-of-json.ts'

/** What is published to one environment. */
export interface Published {
  readonly environment: PublishedEnvironment
  readonly revision: string
  readonly publishedAt: Date
  /** How many differences the saved flow has to it; `undefined` where that is not told. */
  readonly changes: number | undefined
}

/** What happened once: a revision was published, or with `undefined` taken away. */
export interface PublicationEntry {
  readonly environment: PublishedEnvironment
  readonly revision: string | undefined
  readonly publishedAt: Date
}

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

/** What is published, as the server lists it of a flow. */
export function readPublished(list: unknown): readonly Published[] {
  if (!Array.isArray(list)) return []
  return list.filter(isRecord).flatMap((one) =>
    readEntry(one).flatMap(({ revision, ...entry }) => {
      const { changes } = one
      if (revision === undefined) return []
      return { ...entry, revision, changes: typeof changes === 'number' ? changes : undefined }
    }),
  )
}

/** None of an environment that this editor does not know. */
function readEntry(entry: Readonly<Record<string, unknown>>): readonly PublicationEntry[] {
  const environment = publishedEnvironments.find((one) => one === entry['environment'])
  if (environment === undefined) return []
  const revision = textOfJson(entry['revision'], '')
  return [
    {
      environment,
      revision: revision === '' ? undefined : revision,
      publishedAt: new Date(textOfJson(entry['publishedAt'], '')),
    },
  ]
}

function pathOf(flowId: string): string {
  return `/flows/${encodeURIComponent(flowId)}`
}
