import { expect, it } from 'vitest'
import { rounds, visitsIn } from './testing/sample-visits.ts'
import { visitLines } from './visit-lines.ts'

function shown(nodeId: string, count: number): readonly string[] {
  const visits = visitsIn('full', rounds(count))
  const own = visits.ofNode.get(nodeId) ?? []
  return visitLines(own, visits, (id) => `Title of ${id}`).map((line) =>
    line.kind === 'heading' ? line.text : String(line.number),
  )
}

it('numbers the visits of a node outside of loops', () => {
  expect(shown('country', 1)).toEqual(['1'])
})

it('numbers those in a loop by its iterations', () => {
  expect(shown('person', 3)).toEqual(['1', '2', '3'])
})

it('lists those in a loop of a loop under the round of the outer one', () => {
  expect(shown('chat', 2)).toEqual(['Title of country 1', '1', '2', 'Title of country 2', '1', '2'])
})
