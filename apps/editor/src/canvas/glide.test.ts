import { expect, it } from 'vitest'
import { between } from './glide.ts'

it('goes in a straight line from where each item stood to where it stands now', () => {
  const from = new Map([
    ['a', [0, 0]],
    ['note:b', [100, 40]],
  ] as const)
  const to = new Map([['a', [200, 80]]] as const)
  expect([...between(from, to, 0.25)]).toEqual([
    ['a', [50, 20]],
    ['note:b', [100, 40]],
  ])
  expect(between(from, to, 1).get('a')).toEqual([200, 80])
})
