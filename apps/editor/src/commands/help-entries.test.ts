import { expect, it } from 'vitest'
import { helpGroups } from './help-entries.ts'

it('lists every command with keys and every gesture, by subject', () => {
  const groups = helpGroups('')
  expect(groups.map(({ title }) => title)).toEqual([
    'Flow',
    'Run',
    'Draw',
    'Edit',
    'Arrange',
    'View',
    'Help',
  ])
  const draw = groups.find(({ title }) => title === 'Draw')?.entries ?? []
  expect(draw).toContainEqual({
    label: 'Add a node',
    group: 'Draw',
    keys: ['N'],
    command: 'add',
  })
  expect(draw).toContainEqual({
    label: 'Put a node into an edge',
    group: 'Draw',
    movement: 'Drop the node on the edge',
  })
})

it('finds by what is done, by other words for it, and by keys', () => {
  const find = (search: string) =>
    helpGroups(search).flatMap(({ entries }) => entries.map(({ label }) => label))
  expect(find('undo')).toEqual(['Undo'])
  expect(find('execute')).toEqual(['Run, or stop the run'])
  expect(find('ctrl+k')).toEqual(['All commands'])
  expect(find('rocket')).toEqual([])
})
