import { EventEmitter } from 'node:events'
import type { Response } from 'express'
import { expect, it } from 'vitest'
import { watchLeaving } from './watch-leaving.ts'

function responseOf(destroyed: boolean): EventEmitter & Pick<Response, 'once' | 'destroyed'> {
  return Object.assign(new EventEmitter(), { destroyed }) as never // only this much of it is used
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

it('knows of the requests of a message that their client left when the response closes', async () => {
  const left = new Map<string | number, AbortSignal>()
  const response = responseOf(false)
  watchLeaving({ left }, { body: [{ id: 1 }, { id: 'b' }, { method: 'noted' }], response })
  const signals = [...left.values()]
  expect([...left.keys()]).toEqual([1, 'b'])
  response.emit('close')
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
  await turn()
  expect(left.size).toBe(0)
})

it('knows it too when the client left before', async () => {
  const left = new Map<string | number, AbortSignal>()
  watchLeaving({ left }, { body: { id: 1 }, response: responseOf(true) })
  expect(left.get(1)?.aborted).toBe(true)
  await turn()
  expect(left.size).toBe(0)
})

it('leaves alone what a later message under the same id waits for', async () => {
  const left = new Map<string | number, AbortSignal>()
  const first = responseOf(false)
  watchLeaving({ left }, { body: { id: 1 }, response: first })
  watchLeaving({ left }, { body: { id: 1 }, response: responseOf(false) })
  first.emit('close')
  await turn()
  expect(left.get(1)?.aborted).toBe(false)
})
