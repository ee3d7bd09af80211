import type { SqlSession } from '../../sql/database.ts'
import type { VectorTable } from './vector-table.ts'

/**
 * For the transaction that a session is in: an index of vectors looks at 40 records unless told
 * otherwise, so it is told to look at as many as are wanted, and further while a filter leaves out what
 * it found. Does nothing where the table has no such index.
 */
export async function widenSearch(
  session: SqlSession,
  { table, vector }: VectorTable,
  wanted: number,
): Promise<void> {
  await session.run(widening, [
    { name: 'schema', type: 'text', value: table.schema },
    { name: 'table', type: 'text', value: table.name },
    { name: 'column', type: 'text', value: vector.column.name },
    { name: 'wanted', type: 'integer', value: Math.min(wanted, mostLookedAt) },
  ])
}

/** What pgvector allows for an index of the kind HNSW. */
const mostLookedAt = 1000

/** Each kind of index has settings of its own; version 0.8 of pgvector brought the looking further. */
const widening = `
SELECT CASE access.amname WHEN 'hnsw' THEN set_config(
         'hnsw.ef_search',
         greatest(@wanted, coalesce(nullif(current_setting('hnsw.ef_search', true), ''), '40')::int)::text,
         true) END,
       CASE WHEN string_to_array(extension.extversion, '.')::int[] >= '{0,8}' THEN set_config(
         access.amname || '.iterative_scan',
         CASE access.amname WHEN 'hnsw' THEN 'strict_order' ELSE 'relaxed_order' END,
         true) END
  FROM pg_namespace AS schema
  JOIN pg_class AS class ON class.relnamespace = schema.oid AND class.relname = @table
  JOIN pg_index AS index ON index.indrelid = class.oid
  JOIN pg_attribute AS attribute
    ON attribute.attrelid = class.oid AND attribute.attnum = ANY (index.indkey)
       AND attribute.attname = @column
  JOIN pg_class AS indexes ON indexes.oid = index.indexrelid
  JOIN pg_am AS access ON access.oid = indexes.relam AND access.amname IN ('hnsw', 'ivfflat')
  JOIN pg_extension AS extension ON extension.extname = 'vector'
 WHERE schema.nspname = @schema`
