import { columnTypes, type ColumnTypeChoice } from '@millrace/flow'
import { z } from 'zod'

/** Our types of columns, and `auto`. */
export const columnTypeSchema = z.enum(['auto', ...Object.keys(columnTypes)] as ColumnTypeChoice[]) // the keys are the types

const tableName = z.object({ schema: z.string(), name: z.string() })

/** The tables of a database. */
export const tablesAnswer = {
  description: 'Tables and views by schema and name, at most 500.',
  schema: z.object({ tables: z.array(tableName) }),
}

/** A table with its columns. */
export const tableAnswer = {
  description: 'The table, as the catalogue has it.',
  schema: z.object({
    table: tableName.extend({
      columns: z.array(
        z.object({
          name: z.string(),
          /** In the database's own words. */
          databaseType: z.string(),
          /** In ours; `auto` where none fits. */
          type: columnTypeSchema,
          nullable: z.boolean(),
          /** Whether it belongs to the primary key. */
          key: z.boolean(),
          hasDefault: z.boolean(),
          /** Whether the database alone writes it. */
          isGenerated: z.boolean().optional(),
          /** Whether the database alone numbers it. */
          isIdentity: z.boolean().optional(),
          /** Of a vector. */
          dimensions: z.int().optional(),
        }),
      ),
      /** The sets of columns that are unique, the primary key first. */
      uniqueKeys: z.array(z.array(z.string())),
    }),
  }),
}

/** What a statement gave. */
export const queryAnswer = {
  description: 'The columns and rows, at most 1,000 rows and 1 MiB.',
  schema: z.object({
    columns: z.array(z.object({ name: z.string(), type: z.string() })),
    rows: z.array(z.array(z.unknown())),
    /** How many rows it changed or gave. */
    affected: z.int(),
    /** Whether there was more. */
    isCut: z.boolean(),
    ms: z.number(),
  }),
}
