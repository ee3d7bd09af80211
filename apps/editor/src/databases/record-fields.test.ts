import type { RecordField } from '@millrace/flow'
import type { Table, TableColumn } from '@millrace/nodes'
import { describe, expect, it } from 'vitest'
import { guessFields, summaryOfFields, whyNotRole, withRole, withType } from './record-fields.ts'

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

function tableOf(...columns: readonly TableColumn[]): Table {
  return { schema: 'public', name: 'documents', columns, uniqueKeys: [] }
}

const fields: readonly RecordField[] = [
  { name: 'id', type: 'uuid', key: true },
  { name: 'content', type: 'text', content: true },
  { name: 'title', type: 'text', metadata: true, value: 'Handbook' },
]

describe('the roles of fields', () => {
  it('go from one field to another where only one can have them', () => {
    expect(withRole(fields, 2, 'content')).toEqual([
      { name: 'id', type: 'uuid', key: true },
      { name: 'content', type: 'text' },
      { name: 'title', type: 'text', content: true },
    ])
  })

  it('are metadata for as many fields as one likes, and can be taken away', () => {
    expect(withRole(fields, 1, 'metadata')[2]).toEqual(fields[2])
    expect(withRole(fields, 0, undefined)[0]).toEqual({ name: 'id', type: 'uuid' })
  })

  it('say why a field cannot have them', () => {
    const text: RecordField = { name: 'a', type: 'text' }
    const vector: RecordField = { name: 'a', type: 'vector' }
    expect(whyNotRole(text, 'vector')).toBe('Only a field of the type Vector holds the embedding.')
    expect(whyNotRole(vector, 'key')).toBe(
      'A field of the type Vector is the vector, and nothing else.',
    )
    expect(whyNotRole({ ...text, type: 'integer' }, 'content')).toBe(
      'The content is a text: the type must be Text.',
    )
    expect(whyNotRole(text, 'content')).toBeUndefined()
  })

  it('follow the type: a vector is the vector, and what no longer fits is taken away', () => {
    expect(withType({ name: 'a', type: 'text', content: true }, 'vector')).toEqual({
      name: 'a',
      type: 'vector',
      vector: true,
    })
    expect(withType({ name: 'a', type: 'text', content: true }, 'integer')).toEqual({
      name: 'a',
      type: 'integer',
    })
    expect(withType({ name: 'a', type: 'uuid', key: true }, 'text')).toEqual({
      name: 'a',
      type: 'text',
      key: true,
    })
  })
})

describe('a definition made of a table', () => {
  const documents = tableOf(
    column('id', 'uuid', { type: 'uuid', key: true }),
    column('title', 'character varying(200)'),
    column('content', 'text'),
    column('source', 'text'),
    column('embedding', 'vector(512)', { type: 'vector', dimensions: 512 }),
    column('old_embedding', 'vector(256)', { type: 'vector', dimensions: 256 }),
  )

  it('guesses the key, the vector and the content, and says so', () => {
    expect(guessFields(documents, 'search')).toEqual({
      fields: [
        { name: 'id', type: 'uuid', key: true },
        { name: 'title', type: 'text', metadata: true },
        { name: 'content', type: 'text', content: true },
        { name: 'source', type: 'text', metadata: true },
        { name: 'embedding', type: 'vector', vector: true },
      ],
      told: 'Guessed: id is the key, embedding is the vector, content is the content; the rest is metadata. Have a look.',
    })
  })

  it('finds where records are saved the column that says which document they are of', () => {
    const { fields: guessed } = guessFields(documents, 'save')
    expect(guessed[3]).toEqual({ name: 'source', type: 'text', context: true })
  })

  it('takes the long text for the content where no name says it, and tells what it did not find', () => {
    const table = tableOf(
      column('code', 'nvarchar(20)', { key: true }),
      column('a', 'nvarchar(20)'),
      column('b', 'nvarchar(max)'),
    )
    expect(guessFields(table, 'search')).toEqual({
      fields: [
        { name: 'code', type: 'text', key: true },
        { name: 'a', type: 'text', metadata: true },
        { name: 'b', type: 'text', content: true },
      ],
      told: 'Guessed: code is the key, nothing is the vector, b is the content; the rest is metadata. Have a look.',
    })
  })
})

it('sums a definition up in one line', () => {
  expect(summaryOfFields(fields)).toBe('3 fields · key id · content content')
})
