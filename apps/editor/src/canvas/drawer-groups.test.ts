import { expect, it } from 'vitest'
import { commonTags, drawerGroups, type DrawerQuery } from './drawer-groups.ts'
import { query, registry } from './testing/fixtures.ts'

const other = { ...query, type: 'other.query', system: 'Other', tags: ['chat', 'database'] }
const definitions = [...registry.nodes.values(), query, other]

function groups(asked: Partial<DrawerQuery>) {
  const whole = { search: '', tag: undefined, recent: [], ...asked }
  return drawerGroups(definitions, whole).map((group) => [
    group.title,
    ...group.definitions.map(({ title }) => title),
  ])
}

it('lists nodes by system, and first those that were used last', () => {
  expect(groups({ recent: ['other.query', 'gone.node', 'test.start'] })).toEqual([
    ['Recently used', 'Query', 'Start'],
    ['Test', 'Start', 'Stream', 'Yield', 'Reducer', 'Query'],
    ['Other', 'Query'],
  ])
})

it('lists what a search finds, the system of the best match first', () => {
  expect(groups({ search: 'other', recent: ['test.start'] })).toEqual([['Other', 'Query']])
  expect(groups({ search: 'rocket' })).toEqual([])
})

it('lists the nodes of a tag, also within a search', () => {
  expect(groups({ tag: 'chat' })).toEqual([
    ['Test', 'Stream'],
    ['Other', 'Query'],
  ])
  expect(groups({ tag: 'chat', search: 'query' })).toEqual([['Other', 'Query']])
})

it('offers the tags that more than one node has', () => {
  expect(commonTags(definitions, 5)).toEqual(['chat'])
})
