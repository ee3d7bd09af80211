import { FlowError } from '@millrace/flow'
import type { Kysely, Transaction } from 'kysely'
import type { StoreSchema } from '../database/schema.ts'
import type { RevisionPage, StoredRevision } from './flow-store.ts'
import { forgettableRevisions, type MostKept } from './forgettable-revisions.ts'
import { revisionMissing } from './revision-missing.ts'

/** What revisions are kept in, and how many. */
export interface RevisionOptions {
  readonly database: Kysely<StoreSchema>
  /** Epoch milliseconds. */
  readonly now: () => number
  /** What those of a flow may take; by default as `mostKeptByDefault`. */
  readonly mostKept?: MostKept
}

/** How many revisions of one flow can have a name, since those are kept for ever. */
const maxNamed = 100

/** The revisions of flows, in the same database as the flows. */
export function createFlowRevisions({ database, now, mostKept }: RevisionOptions) {
  async function thin(
    transaction: Transaction<StoreSchema>,
    { id, current }: { readonly id: string; readonly current: number },
  ): Promise<void> {
    const rows = await transaction
      .selectFrom('flow_revisions')
      .select(['revision', 'saved_at', 'name', 'bytes'])
      .where('flow_id', '=', id)
      .execute()
    const published = await transaction
      .selectFrom('flow_publications')
      .select('revision')
      .where('flow_id', '=', id)
      .execute()
    const publishedOnce = new Set(published.map(({ revision }) => revision))
    const forgettable = forgettableRevisions(
      rows.map((row) => ({
        revision: row.revision,
        savedAt: row.saved_at,
        isNamed: row.name !== null,
        wasPublished: publishedOnce.has(row.revision),
        bytes: row.bytes,
      })),
      { current, now: now(), ...(mostKept === undefined ? {} : { mostKept }) },
    )
    // One by one: a statement takes only so many parameters, and there is rarely more than one to go.
    for (const revision of forgettable) {
      await transaction
        .deleteFrom('flow_revisions')
        .where('flow_id', '=', id)
        .where('revision', '=', revision)
        .execute()
    }
  }

  async function find(id: string, revision: number): Promise<StoredRevision | undefined> {
    const row = await database
      .selectFrom('flow_revisions')
      .selectAll()
      .where('flow_id', '=', id)
      .where('revision', '=', revision)
      .executeTakeFirst()
    return row && revisionOf(row)
  }

  return {
    find,
    /** Writes the next revision; numbers go on even after a flow was deleted and made again. */
    async write(
      transaction: Transaction<StoreSchema>,
      { id, text }: { readonly id: string; readonly text: string },
    ): Promise<number> {
      const { last } = await transaction
        .selectFrom('flow_revisions')
        .select((select) => select.fn.max('revision').as('last'))
        .where('flow_id', '=', id)
        .executeTakeFirstOrThrow()
      const revision = Number(last ?? 0) + 1
      await transaction
        .insertInto('flow_revisions')
        .values({
          flow_id: id,
          revision,
          document: text,
          saved_at: now(),
          name: null,
          bytes: Buffer.byteLength(text),
        })
        .execute()
      await thin(transaction, { id, current: revision })
      return revision
    },
    async list(id: string, { before, limit }: RevisionPage): Promise<readonly StoredRevision[]> {
      const rows = await database
        .selectFrom('flow_revisions')
        .selectAll()
        .where('flow_id', '=', id)
        .$if(before !== undefined, (query) => query.where('revision', '<', before ?? 0))
        .orderBy('revision', 'desc')
        .limit(limit)
        .execute()
      return rows.map(revisionOf)
    },
    name: (id: string, revision: number, name: string | undefined): Promise<StoredRevision> =>
      database.transaction().execute(async (transaction) => {
        if (name !== undefined) await expectRoom(transaction, id, revision)
        const row = await transaction
          .updateTable('flow_revisions')
          .set({ name: name ?? null })
          .where('flow_id', '=', id)
          .where('revision', '=', revision)
          .returningAll()
          .executeTakeFirst()
        if (row !== undefined) return revisionOf(row)
        throw revisionMissing(id, revision)
      }),
  }
}

async function expectRoom(
  transaction: Transaction<StoreSchema>,
  id: string,
  revision: number,
): Promise<void> {
  const { named } = await transaction
    .selectFrom('flow_revisions')
    .select((select) => select.fn.countAll().as('named'))
    .where('flow_id', '=', id)
    .where('name', 'is not', null)
    .where('revision', '<>', revision)
    .executeTakeFirstOrThrow()
  if (Number(named) < maxNamed) return
  throw new FlowError(
    'limit_exceeded',
    `At most ${maxNamed} versions of a flow can have a name. Take one from a version that you need no more.`,
    { details: { limit: 'named revisions', max: maxNamed } },
  )
}

function revisionOf(row: StoreSchema['flow_revisions']): StoredRevision {
  return {
    revision: row.revision,
    text: row.document,
    savedAt: row.saved_at,
    name: row.name ?? undefined,
  }
}
