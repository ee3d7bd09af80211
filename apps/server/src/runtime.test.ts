import { expect, it } from 'vitest'
import { createRuntimeLoader } from './runtime.ts'
import { readSettings } from './settings.ts'

it('tells nodes how much the operator lets them take from databases', async () => {
  const runtime = createRuntimeLoader({
    allowHosts: '',
    allowLoopback: false,
    isOurs: () => false,
    openConnection: () => Promise.reject(new Error('No connection is opened here.')),
    limits: readSettings({
      MILLRACE_MAX_RESULT_ROWS: '2000',
      MILLRACE_MAX_RESULT_MEGABYTES: '1',
    }).limits,
  })
  const { services } = await runtime.load()
  expect(services.resultLimits).toEqual({ rows: 2000, bytes: 1024 * 1024 })
  await runtime.close()
})
