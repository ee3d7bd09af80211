import { expect, it } from 'vitest'
import { property } from './property.ts'
import { templatePlaceholders } from './template-placeholders.ts'
import { promptParts, recordFields } from './template.ts'

it('are those that the definition names', () => {
  const template = property.template({
    label: 'Template',
    placeholders: { context: 'The context' },
  })
  expect(templatePlaceholders(template)).toEqual({
    notation: promptParts,
    meanings: new Map([['context', 'The context']]),
  })
})

it('are the fields of the record definition, without the vector and what has no name yet', () => {
  const template = property.template({ label: 'Template', fieldsOf: 'recordDefinition' })
  const recordDefinition = [
    { name: 'id', type: 'uuid', key: true },
    { name: 'content', type: 'text', content: true },
    { name: 'embedding', type: 'vector', vector: true },
    { name: 'link', type: 'text', metadata: true },
    { name: '', type: 'text' },
  ]
  expect(templatePlaceholders(template, { recordDefinition })).toEqual({
    notation: recordFields,
    meanings: new Map([
      ['id', 'The key'],
      ['content', 'The content'],
      ['link', 'Metadata'],
    ]),
  })
  for (const properties of [undefined, {}, { recordDefinition: 'none' }]) {
    expect(templatePlaceholders(template, properties).meanings.size).toBe(0)
  }
})
