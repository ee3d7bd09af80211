import { FlowError } from '@millrace/flow'
import { sql, type Kysely } from 'kysely'
import type { StoreSchema } from '../database/schema.ts'
import type { StoredFlow } from '../flows/flow-store.ts'
import { revisionMissing } from '../flows/revision-missing.ts'
import type { PublishedEnvironment } from './environment.ts'
import type { Publication, PublicationStore } from './publication-store.ts'

interface Options {
  readonly database: Kysely<StoreSchema>
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Publications in the server's own database. */
export function createSqlitePublicationStore({ database, now }: Options): PublicationStore {
  return {
    publish: (flowId, { environment, revision }) =>
      database.transaction().execute(async (transaction) => {
        await expectFlow(transaction, flowId)
        const stored = await transaction
          .selectFrom('flow_revisions')
          .select('revision')
          .where('flow_id', '=', flowId)
          .where('revision', '=', revision)
          .executeTakeFirst()
        if (stored === undefined) throw revisionMissing(flowId, revision)
        const before = await published(transaction)
          .where('latest.flow_id', '=', flowId)
          .where('latest.environment', '=', environment)
          .executeTakeFirst()
        if (before?.revision === revision) return publicationOf(before)
        const entry = { flow_id: flowId, environment, revision, at: now() }
        await transaction.insertInto('flow_publications').values(entry).execute()
        return publicationOf(entry)
      }),
    unpublish: (flowId, environment) =>
      database.transaction().execute(async (transaction) => {
        await expectFlow(transaction, flowId)
        const before = await published(transaction)
          .where('latest.flow_id', '=', flowId)
          .where('latest.environment', '=', environment)
          .executeTakeFirst()
        if (before === undefined) return
        await transaction
          .insertInto('flow_publications')
          .values({ flow_id: flowId, environment, revision: null, at: now() })
          .execute()
      }),
    async find(flowId, environment) {
      const row = await published(database)
        .select('flow_revisions.document as document')
        .where('latest.flow_id', '=', flowId)
        .where('latest.environment', '=', environment)
        .executeTakeFirst()
      return row && flowOf(row)
    },
    async containing(part, environment) {
      const rows = await published(database)
        .select('flow_revisions.document as document')
        .where('latest.environment', '=', environment)
        .where(sql`instr(flow_revisions.document, ${part})`, '>', 0)
        .orderBy('latest.flow_id')
        .execute()
      return rows.map(flowOf)
    },
    async list(flowId) {
      const rows = await published(database)
        .$if(flowId !== undefined, (query) => query.where('latest.flow_id', '=', flowId ?? ''))
        .orderBy('latest.flow_id')
        .orderBy('latest.environment')
        .execute()
      return rows.map(publicationOf)
    },
    async history(flowId, limit) {
      const rows = await database
        .selectFrom('flow_publications')
        .selectAll()
        .where('flow_id', '=', flowId)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(({ environment, revision, at }) => ({
        environment: environment as PublishedEnvironment, // written from one
        revision,
        publishedAt: at,
      }))
    },
  }
}

/** The latest entry of each flow that is there and environment, where it publishes something. */
function published(database: Kysely<StoreSchema>) {
  return database
    .selectFrom('flow_publications as latest')
    .innerJoin('flows', 'flows.id', 'latest.flow_id')
    .innerJoin('flow_revisions', (join) =>
      join
        .onRef('flow_revisions.flow_id', '=', 'latest.flow_id')
        .onRef('flow_revisions.revision', '=', 'latest.revision'),
    )
    .where(({ eb, not, exists }) =>
      not(
        exists(
          eb
            .selectFrom('flow_publications as later')
            .select('later.id')
            .whereRef('later.flow_id', '=', 'latest.flow_id')
            .whereRef('later.environment', '=', 'latest.environment')
            .whereRef('later.id', '>', 'latest.id'),
        ),
      ),
    )
    .select([
      'latest.flow_id as flow_id',
      'latest.environment as environment',
      'flow_revisions.revision as revision',
      'latest.at as at',
    ])
}

async function expectFlow(database: Kysely<StoreSchema>, flowId: string): Promise<void> {
  const row = await database
    .selectFrom('flows')
    .select('id')
    .where('id', '=', flowId)
    .executeTakeFirst()
  if (row === undefined) throw new FlowError('not_found', `There is no flow "${flowId}".`)
}

interface PublishedRow {
  readonly flow_id: string
  readonly environment: string
  readonly revision: number
  readonly at: number
}

function publicationOf({ flow_id: flowId, environment, revision, at }: PublishedRow): Publication {
  return {
    flowId,
    environment: environment as PublishedEnvironment, // written from one
    revision,
    publishedAt: at,
  }
}

function flowOf(row: PublishedRow & { readonly document: string }): StoredFlow {
  return { id: row.flow_id, text: row.document, revision: row.revision, updatedAt: row.at }
}
