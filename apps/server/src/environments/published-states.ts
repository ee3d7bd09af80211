import type { Registry } from '@millrace/flow'
import { z } from 'zod'
import { countChanges } from '../flows/count-changes.ts'
import type { FlowStore, StoredFlow } from '../flows/flow-store.ts'
import { publishedEnvironments } from './environment.ts'
import type { Publication, PublicationStore } from './publication-store.ts'

/** What is published to one environment, as designers see it. */
export const publishedStateSchema = z.object({
  environment: z.enum(publishedEnvironments),
  revision: z.int(),
  publishedAt: z.iso.datetime(),
  /** How many differences the draft has to it; `null` where that cannot be told. */
  changes: z.int().nullable(),
})

export type PublishedState = z.infer<typeof publishedStateSchema>

/** How what is published stands to the drafts. */
export interface PublishedStates {
  /** Of each of these flows that is published anywhere, by its id. */
  of(drafts: readonly StoredFlow[]): Promise<ReadonlyMap<string, readonly PublishedState[]>>
}

interface Options {
  readonly flows: Pick<FlowStore, 'findRevision'>
  readonly publications: Pick<PublicationStore, 'list'>
  readonly registry: Registry
}

/**
 * So many counts are known. Revisions never change, and no number is given twice: not even to a new flow
 * that takes the id of a deleted one. What replaces the data of a server starts another process.
 */
const maxKnown = 2000

export function createPublishedStates({ flows, publications, registry }: Options): PublishedStates {
  const known = new Map<string, number | undefined>()

  async function changesSince(
    { flowId, revision }: Publication,
    draft: StoredFlow,
  ): Promise<number | undefined> {
    if (revision === draft.revision) return 0
    const key = `${flowId} ${revision} ${draft.revision}`
    if (known.has(key)) return known.get(key)
    const published = await flows.findRevision(flowId, revision)
    const [count] = published === undefined ? [] : await countChanges([draft, published], registry)
    if (known.size === maxKnown) known.clear()
    known.set(key, count)
    return count
  }

  return {
    async of(drafts) {
      const only = drafts.length === 1 ? drafts[0]?.id : undefined
      const published = Map.groupBy(await publications.list(only), ({ flowId }) => flowId)
      const states = new Map<string, readonly PublishedState[]>()
      for (const draft of drafts) {
        const ofFlow: PublishedState[] = []
        for (const publication of published.get(draft.id) ?? []) {
          ofFlow.push({
            environment: publication.environment,
            revision: publication.revision,
            publishedAt: new Date(publication.publishedAt).toISOString(),
            changes: (await changesSince(publication, draft)) ?? null,
          })
        }
        if (ofFlow.length > 0) states.set(draft.id, ofFlow)
      }
      return states
    },
  }
}
