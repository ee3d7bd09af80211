import { expect, it } from 'vitest'
import { createMemoryRunLog } from './memory-run-log.ts'
import { Recorder } from './recorder.ts'

it('[E1] takes nothing more behind the end of a run, and no second end', async () => {
  const log = createMemoryRunLog()
  const recorder = new Recorder({ runId: 'run', log, now: () => 0, level: 'full' })
  const end = { type: 'run-end', outcome: 'completed', usage: null } as const
  recorder.record({ type: 'node-log', level: 'info', message: 'before' })
  recorder.close(end)
  recorder.record({ type: 'node-log', level: 'info', message: 'behind' })
  recorder.detail({ type: 'node-log', level: 'info', message: 'behind' })
  expect(() => recorder.close({ ...end, outcome: 'cancelled' })).toThrow('closed twice')
  recorder.flush()
  expect(await log.read('run', 0, 10)).toMatchObject({
    entries: [{ event: { seq: 1, message: 'before' } }, { event: { seq: 2, ...end } }],
  })
})
