import { isRecord } from '@millrace/flow'
import { publishedEnvironments, type PublishedEnvironment } from './environments.ts'
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
export function readEntry(entry: Readonly<Record<string, unknown>>): readonly PublicationEntry[] {
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
