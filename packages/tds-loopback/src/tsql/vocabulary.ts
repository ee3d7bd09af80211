/** Words of T-SQL that are no names, as far as the loopback knows statements. */
export const keywords = new Set(
  `ADD ALL ALTER AND ANY AS ASC BETWEEN BY CASCADE CASE CAST CHECK COLUMN CONSTRAINT CREATE CROSS DEFAULT
   DELETE DESC DISTINCT DROP ELSE END EXCEPT EXISTS FETCH FIRST FOREIGN FROM FULL GROUP HAVING IF IN INDEX
   INNER INSERT INTERSECT INTO IS JOIN KEY LEFT LIKE MATCHED MERGE NEXT NOT NULL OFFSET ON ONLY OR ORDER
   OUTER OVER PARTITION PRIMARY REFERENCES RIGHT ROW ROWS SCHEMA SELECT SET TABLE THEN
   TRUNCATE UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHERE WITH`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** Functions, by what PostgreSQL calls them. */
export const functions: ReadonlyMap<string, string> = new Map([
  ...`ABS AVG CEILING COALESCE CONCAT FLOOR LEFT LOWER LTRIM MAX MIN NULLIF REPLACE RIGHT ROUND ROW_NUMBER
   RTRIM STRING_AGG SUBSTRING SUM TRIM UPPER`
    .split(/\s+/)
    .map((name): [string, string] => [name, name.toLowerCase()]),
  ['COUNT', 'count'],
  ['COUNT_BIG', 'count'],
  ['ISNULL', 'coalesce'],
  ['LEN', 'length'],
  ['DATALENGTH', 'octet_length'],
  ['NEWID', 'gen_random_uuid'],
  ['CHARINDEX', 'sys.charindex'],
  ['DB_NAME', 'sys.db_name'],
  ['REPLICATE', 'repeat'],
  ['OBJECT_ID', 'sys.object_id'],
  ['SCHEMA_NAME', 'sys.schema_name'],
  ['SERVERPROPERTY', 'sys.serverproperty'],
  ['TYPE_NAME', 'sys.type_name'],
])

const utcNow = "(clock_timestamp() at time zone 'utc')"

/** Functions without arguments that stand for a moment. */
export const moments: ReadonlyMap<string, string> = new Map([
  ['GETDATE', utcNow],
  ['GETUTCDATE', utcNow],
  ['SYSDATETIME', utcNow],
  ['SYSUTCDATETIME', utcNow],
  ['SYSDATETIMEOFFSET', 'clock_timestamp()'],
  ['CURRENT_TIMESTAMP', utcNow],
])

/** Types, by what PostgreSQL calls them; `{n}` is what stands in their brackets. */
export const types: ReadonlyMap<string, string> = new Map([
  ['BIGINT', 'bigint'],
  ['BINARY', 'bytea'],
  ['BIT', 'boolean'],
  ['CHAR', 'character{n}'],
  ['DATE', 'date'],
  ['DATETIME', 'timestamp(3)'],
  ['DATETIME2', 'timestamp'],
  ['DATETIMEOFFSET', 'timestamptz'],
  ['DECIMAL', 'numeric{n}'],
  ['FLOAT', 'double precision'],
  ['INT', 'integer'],
  ['MONEY', 'numeric(19, 4)'],
  ['NCHAR', 'character{n}'],
  ['NUMERIC', 'numeric{n}'],
  ['NVARCHAR', 'varchar{n}'],
  ['REAL', 'real'],
  ['SMALLDATETIME', 'timestamp(0)'],
  ['SMALLINT', 'smallint'],
  ['SQL_VARIANT', 'text'],
  ['TIME', 'time'],
  ['TINYINT', 'smallint'],
  ['UNIQUEIDENTIFIER', 'uuid'],
  ['VARBINARY', 'bytea'],
  ['VARCHAR', 'varchar{n}'],
  ['XML', 'text'],
])

/** Hints that a table may have in `WITH (…)`. */
export const tableHints = new Set(
  'HOLDLOCK NOLOCK READPAST ROWLOCK SERIALIZABLE TABLOCK TABLOCKX UPDLOCK XLOCK'.split(' '),
)
