import type pg from 'pg'
import type { PostgresType } from './read-value.ts'

/** The types of one database by their numbers, learnt from its catalogue as they are met. */
export interface PostgresTypes {
  isKnown(oid: number): boolean
  /** One that was not learnt has its number for a name. */
  get(oid: number): PostgresType
  /** Looks up the ones that are not known yet. */
  learn(client: pg.ClientBase, oids: readonly number[]): Promise<void>
}

interface TypeRow {
  readonly oid: number
  readonly name: string
  readonly elementName: string | null
  readonly delimiter: string | null
}

/** An array is what the server writes as one: a point has elements too, and an `int2vector` is of that category. */
const lookup = `
  SELECT t.oid::int8::float8 AS oid, t.typname AS name,
      e.typname AS "elementName", e.typdelim::text AS delimiter
    FROM pg_catalog.pg_type t
    LEFT JOIN pg_catalog.pg_type e
      ON e.oid = t.typelem AND t.typoutput = 'pg_catalog.array_out'::regproc
   WHERE t.oid = ANY ($1::oid[])`

export function createPostgresTypes(): PostgresTypes {
  const known = new Map<number, PostgresType>()
  return {
    isKnown: (oid) => known.has(oid),
    get: (oid) => known.get(oid) ?? { name: oid === byteaOid ? 'bytea' : String(oid) },
    async learn(client, oids) {
      const unknown = [...new Set(oids)].filter((oid) => !known.has(oid))
      if (unknown.length === 0) return
      const { rows } = await client.query<TypeRow>(lookup, [unknown])
      for (const { oid, name, elementName, delimiter } of rows) {
        known.set(
          oid,
          elementName === null
            ? { name }
            : { name, element: { name: elementName }, delimiter: delimiter === ';' ? ';' : ',' },
        )
      }
      // A type that was dropped meanwhile is not asked for again.
      for (const oid of unknown) if (!known.has(oid)) known.set(oid, { name: String(oid) })
    },
  }
}

/** Text for it is written in another way, before any type was looked up. */
const byteaOid = 17
