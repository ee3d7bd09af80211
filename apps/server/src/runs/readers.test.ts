import { beforeEach, describe, expect, it } from 'vitest'
import { createReaders, type DisconnectPolicy, type Readers } from './readers.ts'

let readers: Readers
let stopped: string[]
let clock: { readonly callback: () => void; readonly at: number }[]
let now: number
beforeEach(() => {
  stopped = []
  clock = []
  now = 0
  readers = createReaders((callback, ms) => {
    const timer = { callback, at: now + ms }
    clock.push(timer)
    return () => clock.splice(clock.indexOf(timer), clock.includes(timer) ? 1 : 0)
  })
})

function watch(policy: DisconnectPolicy) {
  const end = Promise.withResolvers<void>()
  const stop = (reason: string) => {
    stopped.push(reason)
    return end.promise
  }
  readers.watch({ id: 'run', end: end.promise, stop }, policy)
  return end
}

function advance(ms: number): void {
  now += ms
  for (const timer of clock.filter(({ at }) => at <= now)) timer.callback()
}

describe('createReaders', () => {
  it('stops a run with "cancel" when its last reader leaves', () => {
    watch('cancel')
    const [first, second] = [readers.enter('run'), readers.enter('run')]
    first()
    expect(stopped).toEqual([])
    second()
    expect(stopped).toEqual(['disconnect'])
  })

  it('gives a run with "grace" 30 seconds', () => {
    watch('grace')
    readers.enter('run')()
    advance(29_999)
    expect(stopped).toEqual([])
    advance(1)
    expect(stopped).toEqual(['disconnect'])
  })

  it('lets a run with "grace" go on when somebody comes back', () => {
    watch('grace')
    readers.enter('run')()
    advance(20_000)
    const back = readers.enter('run')
    advance(60_000)
    expect(stopped).toEqual([])
    back()
    advance(30_000)
    expect(stopped).toEqual(['disconnect'])
  })

  it('lets a run with "finish" go on alone', () => {
    watch('finish')
    readers.enter('run')()
    advance(1_000_000)
    expect(stopped).toEqual([])
  })

  it('leaves a run alone that nobody ever read', () => {
    watch('cancel')
    advance(1_000_000)
    expect(stopped).toEqual([])
  })

  it('counts a reader that leaves twice once', () => {
    watch('cancel')
    const leave = readers.enter('run')
    readers.enter('run')
    leave()
    leave()
    expect(stopped).toEqual([])
  })

  it('does not wait for a run that ended', async () => {
    const end = watch('grace')
    readers.enter('run')()
    end.resolve()
    await end.promise
    await Promise.resolve()
    expect(clock).toEqual([])
  })
})
