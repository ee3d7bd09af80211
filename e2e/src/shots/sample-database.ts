import type { TableColumn } from '@millrace/nodes'
import type { FakeAnswer } from './fake-api.ts'

/** The database behind every database connection in the pictures. */

function column(name: string, databaseType: string, rest: Partial<TableColumn> = {}): TableColumn {
  return {
    name,
    databaseType,
    type: 'text',
    nullable: true,
    key: false,
    hasDefault: false,
    ...rest,
  }
}

const tables: Readonly<Record<string, readonly TableColumn[]>> = {
  chat_history: [
    column('session_id', 'character varying(64)', { key: true, nullable: false }),
    column('history', 'text', { nullable: false }),
    column('updated_at', 'timestamp with time zone', { type: 'timestamp', hasDefault: true }),
  ],
  documents: [
    column('id', 'uuid', { type: 'uuid', key: true, nullable: false, hasDefault: true }),
    column('title', 'character varying(200)'),
    column('content', 'text', { nullable: false }),
    column('source', 'text'),
    column('page', 'integer', { type: 'integer' }),
    column('embedding', 'vector(512)', { type: 'vector', dimensions: 512, nullable: false }),
  ],
  feedback: [
    column('id', 'bigint', { type: 'integer', key: true, nullable: false, hasDefault: true }),
    column('session_id', 'character varying(64)'),
    column('liked', 'boolean', { type: 'boolean' }),
    column('comment', 'text'),
  ],
}

export const sampleTables = [
  ...Object.keys(tables).map((name) => ({ schema: 'public', name })),
  { schema: 'sales', name: 'orders' },
  { schema: 'sales', name: 'order_lines_of_the_year_before_the_last_one' },
]

/** What the server says of a table by what was written. */
export function tableAnswer(written: string): FakeAnswer {
  const name = written.replace(/^public\./, '')
  const columns = tables[name]
  if (columns === undefined) {
    const message = `There is no table "${written}". Did you mean "documents"?`
    const error = { code: 'not_found', message, details: { suggestions: ['documents'] } }
    return { status: 404, body: { error: { ...error, requestId: 'shot' } } }
  }
  const keys = columns.filter(({ key }) => key).map(({ name: key }) => key)
  return { status: 200, body: { table: { schema: 'public', name, columns, uniqueKeys: [keys] } } }
}

const history = JSON.stringify([
  { role: 'user', content: 'How far is Neptune from the Sun?' },
  { role: 'assistant', content: 'About 4.5 billion kilometres, thirty times as far as the Earth.' },
])

/** What every statement gives. */
export const sampleResult = {
  columns: [
    { name: 'session_id', type: 'varchar' },
    { name: 'history', type: 'text' },
    { name: 'turns', type: 'int4' },
    { name: 'closed_at', type: 'timestamptz' },
  ],
  rows: [
    ['s-4711', history, 2, null],
    ['s-4712', '[]', 0, '2026-11-24T10:15:00.000Z'],
    ['s-4713', history, 14, null],
  ],
  affected: 3,
  isCut: false,
  ms: 8.4,
}
