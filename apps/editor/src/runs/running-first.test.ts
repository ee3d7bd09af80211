import { expect, it } from 'vitest'
import { runningFirst } from './running-first.ts'
import { storedRun } from './testing/stored-run.ts'

it('puts runs that go on before later ones that ended', () => {
  const runs = [
    storedRun('ended', 3),
    storedRun('going', 2, { state: 'running' }),
    storedRun('old', 1),
  ]
  expect(runningFirst(runs).map(({ id }) => id)).toEqual(['going', 'ended', 'old'])
})
