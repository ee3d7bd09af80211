import type { RunEvent } from '@millrace/flow'
import { expect, it } from 'vitest'
import { LogEntry } from './log-entry.ts'

const circle: unknown[] = []
circle.push(circle)
const left = '(a value that cannot be written as JSON)'
const place = { seq: 3, at: 0, visit: 1 }

it.each<[string, unknown]>([
  ['a circle', circle],
  ['a number of any size', 1n],
  [
    'a getter that throws',
    {
      get a(): never {
        throw new Error('no')
      },
    },
  ],
  [
    'a proxy that throws',
    new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no')
        },
      },
    ),
  ],
])('[E17] leaves out of an event only what no JSON can be made of: %s', (_, value) => {
  const outputs: RunEvent = { ...place, type: 'node-end', outputs: { odd: value, sound: { a: 1 } } }
  expect(JSON.parse(new LogEntry(outputs).json)).toEqual({
    ...outputs,
    outputs: { odd: left, sound: { a: 1 } },
  })
  const logged: RunEvent = {
    ...place,
    type: 'node-log',
    level: 'info',
    message: 'Seen.',
    data: [value],
  }
  expect(JSON.parse(new LogEntry(logged).json)).toEqual({ ...logged, data: left })
})
