import { expect, it } from 'vitest'
import { secondsOf } from './run-kind.ts'

const settings = { onDisconnect: 'grace', trace: 'summary' } as const

it('[R12] gives a run the time of its kind', () => {
  const of = (timeoutSeconds: number) => ({
    short: secondsOf('short', { ...settings, timeoutSeconds }),
    streaming: secondsOf('streaming', { ...settings, timeoutSeconds }),
    background: secondsOf('background', { ...settings, timeoutSeconds }),
  })
  expect(of(60)).toEqual({ short: 60, streaming: 60, background: 28_800 })
  expect(of(3600)).toEqual({ short: 300, streaming: 3600, background: 28_800 })
})
