import type { PGlite } from '@electric-sql/pglite'
import type { Relation } from './tsql/names.ts'

/**
 * Makes of a PostgreSQL what statements for SQL Server expect: the schema `dbo`, the views and
 * functions of `sys` that are known here, and texts that become other types by themselves.
 */
export async function prepareCatalogue(database: PGlite, name: string): Promise<void> {
  await database.exec(setUp)
  await database.query(`select set_config('tds.database', $1, false)`, [name])
  const { rows } = await database.query<{ readonly from: string; readonly to: string }>(
    missingCasts,
  )
  for (const { from, to } of rows) {
    await database.exec(`create cast (${from} as ${to}) with inout as implicit`)
  }
}

/** Every table and view, those of `sys` included. */
export async function readRelations(database: PGlite): Promise<readonly Relation[]> {
  const { rows } = await database.query<Relation>(`
    select n.nspname as schema, c.relname as name,
      coalesce(json_agg(a.attname order by a.attnum) filter (where a.attnum > 0), '[]') as columns
    from pg_class as c
      join pg_namespace as n on n.oid = c.relnamespace
      left join pg_attribute as a on a.attrelid = c.oid and not a.attisdropped
    where c.relkind in ('r', 'v') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    group by n.nspname, c.relname`)
  return rows
}

const missingCasts = `
  select s.name as from, t.name as to
  from (values ('text')) as s (name),
    (values ('integer'), ('bigint'), ('numeric'), ('double precision'), ('boolean'), ('date'),
      ('timestamp'), ('timestamptz'), ('uuid')) as t (name)
  where not exists (
    select from pg_cast where castsource = s.name::regtype and casttarget = t.name::regtype)`

const setUp = `
set timezone = 'UTC';
create schema if not exists dbo;
create schema if not exists sys;
set search_path = dbo, pg_catalog;
-- 0 and 1 are what T-SQL writes for a bit.
update pg_cast set castcontext = 'i'
  where castsource = 'integer'::regtype and casttarget = 'boolean'::regtype;

create or replace view sys.types as
  select * from (values
    ('uniqueidentifier', 36), ('date', 40), ('time', 41), ('datetime2', 42), ('datetimeoffset', 43),
    ('tinyint', 48), ('smallint', 52), ('int', 56), ('smalldatetime', 58), ('real', 59), ('money', 60),
    ('datetime', 61), ('float', 62), ('sql_variant', 98), ('bit', 104), ('decimal', 106),
    ('numeric', 108), ('bigint', 127), ('varbinary', 165), ('varchar', 167), ('binary', 173),
    ('char', 175), ('nvarchar', 231), ('nchar', 239), ('xml', 241)
  ) as known (name, system_type_id);

create or replace view sys.schemas as
  select nspname::text as name, oid::integer as schema_id from pg_namespace
  where nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'sys');

create or replace view sys.objects as
  select c.relname::text as name, c.oid::integer as object_id, c.relnamespace::integer as schema_id,
    case c.relkind when 'r' then 'U' else 'V' end as type, false as is_ms_shipped
  from pg_class as c join sys.schemas as s on s.schema_id = c.relnamespace::integer
  where c.relkind in ('r', 'v');

create or replace view sys.tables as select * from sys.objects where type = 'U';

create or replace view sys.columns as
  with declared as (
    select attrelid, attnum, coalesce(
      col_description(attrelid, attnum),
      case
        when atttypid = 'text'::regtype then 'nvarchar(max)'
        when atttypid = 'varchar'::regtype then 'nvarchar(' || coalesce((atttypmod - 4)::text, 'max') || ')'
        when atttypid = 'integer'::regtype then 'int'
        when atttypid = 'boolean'::regtype then 'bit'
        when atttypid = 'uuid'::regtype then 'uniqueidentifier'
        when atttypid = 'timestamp'::regtype then 'datetime2'
        when atttypid = 'timestamptz'::regtype then 'datetimeoffset'
        when atttypid = 'double precision'::regtype then 'float'
        when atttypid = 'bytea'::regtype then 'varbinary(max)'
        else format_type(atttypid, null)
      end) as declared
    from pg_attribute
  ), parts as (
    select attrelid, attnum, split_part(declared, '(', 1) as base,
      string_to_array(substring(declared from '\\((.*)\\)'), ',') as sizes
    from declared
  )
  select a.attrelid::integer as object_id, a.attname::text as name, a.attnum::integer as column_id,
    t.system_type_id, t.system_type_id as user_type_id,
    (case
      when p.sizes[1] = 'max' then -1
      when p.base in ('nvarchar', 'nchar') then 2 * p.sizes[1]::integer
      when p.base in ('varchar', 'char', 'varbinary', 'binary') then p.sizes[1]::integer
      else 8
    end)::smallint as max_length,
    (case when p.base in ('decimal', 'numeric') then coalesce(p.sizes[1]::integer, 18) else 0 end)::smallint
      as precision,
    (case
      when p.base in ('decimal', 'numeric') then coalesce(p.sizes[2]::integer, 0)
      when p.base in ('time', 'datetime2', 'datetimeoffset') then coalesce(p.sizes[1]::integer, 7)
      else 0
    end)::smallint as scale,
    not a.attnotnull as is_nullable, a.attidentity <> '' as is_identity,
    a.attgenerated <> '' as is_computed,
    (case when a.atthasdef and a.attgenerated = '' then 1 else 0 end) as default_object_id
  from pg_attribute as a
    join sys.objects as o on o.object_id = a.attrelid::integer
    join parts as p on p.attrelid = a.attrelid and p.attnum = a.attnum
    left join sys.types as t on t.name = p.base
  where a.attnum > 0 and not a.attisdropped;

create or replace view sys.indexes as
  select i.indrelid::integer as object_id, i.indexrelid::integer as index_id, c.relname::text as name,
    i.indisunique as is_unique, i.indisprimary as is_primary_key, i.indpred is not null as has_filter
  from pg_index as i join pg_class as c on c.oid = i.indexrelid;

create or replace view sys.index_columns as
  select i.indrelid::integer as object_id, i.indexrelid::integer as index_id, k.attnum::integer as column_id,
    (case when k.position > i.indnkeyatts then 0 else k.position end)::integer as key_ordinal,
    k.position > i.indnkeyatts as is_included_column
  from pg_index as i, unnest(i.indkey::smallint[]) with ordinality as k (attnum, position);

create or replace function sys.charindex(part text, whole text) returns integer language sql
  as $$ select strpos(lower(whole), lower(part)) $$;
create or replace function sys.db_name() returns text language sql
  as $$ select current_setting('tds.database', true) $$;
create or replace function sys.schema_name() returns text language sql as $$ select 'dbo' $$;
create or replace function sys.type_name(id integer) returns text language sql
  as $$ select name from sys.types where system_type_id = id $$;
create or replace function sys.object_id(written text, kind text default null) returns integer
  language sql as $$
    select object_id from sys.objects join sys.schemas using (schema_id)
    where lower(replace(replace(written, '[', ''), ']', ''))
        in (lower(objects.name), lower(schemas.name || '.' || objects.name))
      and (kind is null or kind = type)
    limit 1 $$;
create or replace function sys.serverproperty(property text) returns text language sql as $$
  select case lower(property)
    when 'productversion' then '16.0.4135.4'
    when 'edition' then 'Loopback Edition (not SQL Server)'
    when 'engineedition' then '3'
  end $$;
`
