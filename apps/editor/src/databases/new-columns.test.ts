import { emptyFlow, type Flow, type JsonValue } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import {
  columnsForFields,
  columnsForMapping,
  embedderDimensions,
  whyNotColumns,
} from './new-columns.ts'

describe('the columns that a new table is proposed to have', () => {
  it('are those of the record definition, with the vector as long as the embedder makes it', () => {
    const fields = [
      { name: 'id', type: 'uuid', key: true },
      { name: 'embedding', type: 'vector', vector: true },
      { name: 'page', type: 'integer', metadata: true },
    ] as const
    expect(columnsForFields(fields, 512)).toEqual([
      { name: 'id', type: 'uuid', key: true, nullable: false },
      { name: 'embedding', type: 'vector', key: false, nullable: false, dimensions: 512 },
      { name: 'page', type: 'integer', key: false, nullable: true },
    ])
  })

  it('are the usual ones where there is no definition yet', () => {
    expect(columnsForFields([], undefined).map(({ name }) => name)).toEqual([
      'id',
      'content',
      'embedding',
      'source',
    ])
    expect(columnsForMapping([]).map(({ name, key }) => [name, key])).toEqual([['id', true]])
  })

  it('are those of the mapping', () => {
    expect(
      columnsForMapping([
        { column: 'session_id', type: 'auto', key: true, value: null },
        { column: 'turns', type: 'integer', value: 1 },
      ]),
    ).toEqual([
      { name: 'session_id', type: 'text', key: true, nullable: false },
      { name: 'turns', type: 'integer', key: false, nullable: true },
    ])
  })

  it('are refused without names, and with one name twice', () => {
    const column = { name: 'id', type: 'text', key: false, nullable: true } as const
    expect(whyNotColumns([column, { ...column, name: ' ' }])).toBe('Every column needs a name.')
    expect(whyNotColumns([column, { ...column, name: 'ID' }])).toBe('Two columns are named “id”.')
    expect(whyNotColumns([column])).toBeUndefined()
  })
})

it('knows the length of the vectors of the embedder that is attached', () => {
  const withEmbedder = (properties: Readonly<Record<string, JsonValue>>): Flow => ({
    ...emptyFlow('test', 'Test'),
    nodes: [
      { id: 'search', type: 'postgres.searchVectors' },
      { id: 'embedder', type: 'openai.textEmbedder', properties },
    ],
    attachments: [{ host: ['search', 'textEmbedder'], resource: 'embedder' }],
  })
  const model = 'text-embedding-3-large'
  const of = (properties: Readonly<Record<string, JsonValue>>) =>
    embedderDimensions(withEmbedder(properties), 'search')
  expect(of({ embeddingModel: model })).toBe(3072)
  expect(of({ embeddingModel: model, dimensions: 256 })).toBe(256)
  expect(of({ embeddingModel: { $ref: 'model' } })).toBeUndefined()
})
