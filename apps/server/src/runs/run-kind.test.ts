import { expect, it } from 'vitest'
import { readSettings } from '../settings.ts'
import { secondsOf } from './run-kind.ts'

const { limits } = readSettings({})
const settings = { onDisconnect: 'grace', trace: 'summary' } as const

it('[R12] gives a run the time of its kind', () => {
  const of = (timeoutSeconds: number) => ({
    short: secondsOf('short', { ...settings, timeoutSeconds }, limits),
    streaming: secondsOf('streaming', { ...settings, timeoutSeconds }, limits),
    background: secondsOf('background', { ...settings, timeoutSeconds }, limits),
  })
  expect(of(60)).toEqual({ short: 60, streaming: 60, background: 28_800 })
  expect(of(3600)).toEqual({ short: 300, streaming: 3600, background: 28_800 })
})
