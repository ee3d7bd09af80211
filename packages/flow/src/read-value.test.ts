import { expect, it } from 'vitest'
import { readValue, type ReadValue } from './read-value.ts'

const guide = { title: 'Guide', url: 'https://a.test/g', snippet: 'Draw.', score: 0.92 }

it.each<[string, unknown, ReadValue]>([
  ['text', 'Hi\n', { kind: 'text', text: 'Hi\n' }],
  ['an empty text', '', { kind: 'text', text: '' }],
  ['a message', { content: 'part', index: 3 }, { kind: 'text', text: 'part' }],
  ['a message of a type', { type: 'status', content: 'part' }, { kind: 'text', text: 'part' }],
  ['nothing', null, { kind: 'text', text: '' }],
  ['sources', { type: 'sources', items: [guide] }, { kind: 'sources', items: [guide] }],
  ['no sources', { type: 'sources', items: [] }, { kind: 'sources', items: [] }],
  [
    'a source without a title',
    { type: 'sources', items: [{ url: 'http://a.test' }, { title: '', snippet: '' }] },
    {
      kind: 'sources',
      items: [{ title: 'http://a.test', url: 'http://a.test' }, { title: 'Source' }],
    },
  ],
  [
    'a source at an address that is no page of the web',
    { type: 'sources', items: [{ title: 'Trap', url: 'javascript:alert(1)', score: '1' }, 'no'] },
    { kind: 'sources', items: [{ title: 'Trap' }] },
  ],
  ['a status', { type: 'status', text: 'Searching' }, { kind: 'status', text: 'Searching' }],
  ['other JSON', { hits: 3 }, { kind: 'json', value: { hits: 3 } }],
  ['a record of an unknown type', { type: 'x' }, { kind: 'json', value: { type: 'x' } }],
  ['a status without text', { type: 'status' }, { kind: 'json', value: { type: 'status' } }],
  [
    'sources without a list',
    { type: 'sources', items: 'none' },
    { kind: 'json', value: { type: 'sources', items: 'none' } },
  ],
  ['a content that is no text', { content: 1 }, { kind: 'json', value: { content: 1 } }],
  ['a list', ['a'], { kind: 'json', value: ['a'] }],
  ['a number', 3, { kind: 'json', value: 3 }],
  ['a boolean', false, { kind: 'json', value: false }],
])('reads %s', (_, value, read) => {
  expect(readValue(value)).toEqual(read)
})
