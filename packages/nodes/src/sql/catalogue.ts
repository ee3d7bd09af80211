import type { ColumnTypeChoice } from '@millrace/flow'

/** A table as the catalogue has it. */
export interface TableName {
  readonly schema: string
  readonly name: string
}

/** A column as the catalogue has it. */
export interface TableColumn {
  readonly name: string
  /** In the database's own words, with its size: `character varying(36)`, `vector(512)`. */
  readonly databaseType: string
  /** In ours; `auto` where none fits. */
  readonly type: ColumnTypeChoice
  readonly nullable: boolean
  /** Whether it belongs to the primary key. */
  readonly key: boolean
  /** Whether the database fills it when it is left out. */
  readonly hasDefault: boolean
  /** Whether the database alone writes it. */
  readonly isGenerated?: boolean
  /** Whether the database alone numbers it; it may still say which row is meant. */
  readonly isIdentity?: boolean
  /** Of a vector. */
  readonly dimensions?: number
}

/** A table with its columns, as found in the catalogue. */
export interface Table extends TableName {
  readonly columns: readonly TableColumn[]
  /** The sets of columns that are unique, the primary key first; each by name. */
  readonly uniqueKeys: readonly (readonly string[])[]
}

/** A column of a result. */
export interface ResultColumn {
  readonly name: string
  /** In the database's own words: `int4`, `nvarchar`. */
  readonly type: string
}

/** What a statement gave. Values are plain JSON; see `sql/SPEC.md` for how each type reads. */
export interface SqlResult {
  readonly columns: readonly ResultColumn[]
  /** In the order of the columns, whose names may repeat. */
  readonly rows: readonly (readonly unknown[])[]
  /** How many rows it changed or gave, as the database counts. */
  readonly affected: number
  /** Whether it had more rows or bytes than its limits let through. */
  readonly isCut: boolean
}
