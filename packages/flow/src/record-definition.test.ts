import { describe, expect, it } from 'vitest'
import type { JsonValue } from './json.ts'
import {
  readRecordDefinition,
  whyNotRecordDefinition,
  type RecordField,
} from './record-definition.ts'

const key: RecordField = { name: 'id', type: 'uuid', key: true }
const vector: RecordField = { name: 'embedding', type: 'vector', vector: true }
const content: RecordField = { name: 'content', type: 'text', content: true }
const complete = [key, vector, content]

describe('a record definition', () => {
  it('is read with its fields, roles and values', () => {
    const fields = [
      ...complete,
      { name: 'link', type: 'text', metadata: true, value: { $ref: 'request.url' } },
      { name: 'source', type: 'text', context: true, key: false, value: null },
    ]
    expect(readRecordDefinition(fields as JsonValue)).toEqual(fields)
    expect(readRecordDefinition([])).toEqual([])
  })

  it.each<[JsonValue]>([
    [null],
    ['id'],
    [{ fields: [] }],
    [['id']],
    [[{ name: 'id' }]],
    [[{ name: 1, type: 'text' }]],
    [[{ type: 'text' }]],
    [[{ name: 'id', type: 'varchar' }]],
    [[{ name: 'id', type: 'constructor' }]],
    [[{ name: 'id', type: 'text', key: 'yes' }]],
  ])('is not %j', (value) => {
    expect(readRecordDefinition(value)).toBeUndefined()
  })

  it('can be used with one key, one vector and one content, and any number of other fields', () => {
    expect(whyNotRecordDefinition(complete)).toBeUndefined()
    expect(
      whyNotRecordDefinition([
        ...complete,
        { name: 'link', type: 'text', metadata: true },
        { name: 'year', type: 'integer', metadata: true },
        { name: 'source', type: 'text', context: true },
        { name: 'stored', type: 'timestamp' },
      ]),
    ).toBeUndefined()
  })

  it.each<[string, readonly RecordField[]]>([
    ['needs one key field, and has none', []],
    ['needs one key field, and has none', [vector, content]],
    ['needs one vector field, and has none', [key, content]],
    ['needs one content field, and has none', [key, vector]],
    ['needs one key field, and has 2', [...complete, { ...key, name: 'id2' }]],
    ['needs one content field, and has 2', [...complete, { ...content, name: 'text' }]],
    ['has a field without a name', [...complete, { name: ' ', type: 'text' }]],
    ['has two fields named "id"', [...complete, { name: 'id', type: 'text' }]],
    [
      'has two context fields',
      [
        ...complete,
        { name: 'a', type: 'text', context: true },
        { name: 'b', type: 'text', context: true },
      ],
    ],
    [
      'gives "id" the roles key and metadata; it has one',
      [vector, content, { ...key, metadata: true }],
    ],
    [
      'takes "embedding" for the vector, so its type must be vector',
      [key, content, { ...vector, type: 'text' }],
    ],
    [
      'has "other" of type vector; only the vector field is',
      [...complete, { name: 'other', type: 'vector' }],
    ],
    [
      'takes "content" for the content, so its type must be text',
      [key, vector, { ...content, type: 'json' }],
    ],
  ])('%s', (reason, fields) => {
    expect(whyNotRecordDefinition(fields)).toBe(reason)
  })
})
