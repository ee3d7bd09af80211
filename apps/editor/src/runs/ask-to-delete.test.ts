import type { toast as Sonner } from 'sonner'
import { beforeEach, expect, it } from 'vitest'
import type { StoredRun } from '../api/run-history-api.ts'
import { startTelling } from '../ui/toast.ts'
import { askToDelete } from './ask-to-delete.ts'
import { storedRun } from './testing/stored-run.ts'

const told: string[] = []
beforeEach(() => {
  told.length = 0
  startTelling({ info: (message: string) => told.push(message) } as unknown as typeof Sonner) // all that is called
})

const running = storedRun('running', 1, { state: 'running', endedAt: undefined })
const ended = storedRun('ended', 0)

function askedOf(runs: readonly StoredRun[]): readonly (readonly string[])[] {
  const asked: (readonly string[])[] = []
  askToDelete(runs, (those) => asked.push(those.map(({ id }) => id)))
  return asked
}

it('asks about those that ended', () => {
  expect(askedOf([running, ended])).toEqual([['ended']])
  expect(told).toEqual([])
})

it('says why nothing happens where all go on', () => {
  expect(askedOf([running])).toEqual([])
  expect(askedOf([running, running])).toEqual([])
  expect(told).toEqual([
    'This run goes on. Stop it, then delete it.',
    'These 2 runs go on. Stop them, then delete them.',
  ])
})
