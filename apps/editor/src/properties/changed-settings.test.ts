import { expect, it } from 'vitest'
import { changedSettings } from './changed-settings.ts'

it('changes one setting and leaves the others', () => {
  const settings = { trace: 'full', keepRuns: { runs: 5, days: 2 } } as const
  expect(changedSettings(settings, { timeoutSeconds: 60 })).toEqual({
    ...settings,
    timeoutSeconds: 60,
  })
  expect(changedSettings(settings, { keepRuns: { runs: 9 } })).toEqual({
    trace: 'full',
    keepRuns: { runs: 9, days: 2 },
  })
})

it('leaves out what is taken back, so that the document says nothing of it', () => {
  const settings = { timeoutSeconds: 60, keepRuns: { runs: 5 } } as const
  expect(
    changedSettings(settings, { timeoutSeconds: undefined, keepRuns: { runs: undefined } }),
  ).toEqual({})
  expect(changedSettings(undefined, {})).toEqual({})
})
