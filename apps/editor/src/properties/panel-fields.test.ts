import { property, type PropertyDefinition } from '@millrace/flow'
import { expect, it } from 'vitest'
import { manyFields, matchesField, unfoldedKeys, type PanelField } from './panel-fields.ts'

function field(key: string, value?: string, more: Partial<PropertyDefinition> = {}): PanelField {
  const definition = { ...property.text({ label: `Label ${key}` }), ...more } as PropertyDefinition // a text
  return { key, property: definition, value }
}

const few = [field('a'), field('b', 'set')]
const many = [
  field('needed', undefined, { required: true }),
  ...Array.from({ length: manyFields }, (_, index) => field(`empty${index}`)),
  field('set', 'x'),
]

it('shows all of a few fields, and of many those that are required or set', () => {
  expect([...unfoldedKeys(few)]).toEqual(['a', 'b'])
  expect([...unfoldedKeys(many)]).toEqual(['needed', 'set'])
})

it('finds a field by its label, its help and what stands in it', () => {
  const url = field('url', 'https://example.com', { help: 'Where the request goes.' })
  const found = ['label URL', 'REQUEST goes', 'example', 'label nothing']
  expect(found.filter((query) => matchesField(url, query))).toEqual([
    'label URL',
    'REQUEST goes',
    'example',
  ])
})
