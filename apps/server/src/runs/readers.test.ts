import { beforeEach, describe, expect, it } from 'vitest'
import { createReaders, type DisconnectPolicy, type Readers, type RunOwner } from './readers.ts'

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

function watch(policy: DisconnectPolicy, owner: RunOwner = 'client') {
  const end = Promise.withResolvers<void>()
  const stop = (reason: string) => {
    stopped.push(reason)
    return end.promise
  }
  readers.watch({ id: 'run', end: end.promise, stop }, { policy, owner })
  return end
}

function advance(ms: number): void {
  now += ms
  for (const timer of clock.filter(({ at }) => at <= now)) timer.callback()
}

describe('createReaders', () => {
  it('stops a run with "cancel" when its last reader leaves', () => {
    watch('cancel')
    const [first, second] = [readers.enter('run', 'client'), readers.enter('run', 'client')]
    first()
    expect(stopped).toEqual([])
    second()
    expect(stopped).toEqual(['disconnect'])
  })

  it('gives a run with "grace" 30 seconds', () => {
    watch('grace')
    readers.enter('run', 'client')()
    advance(29_999)
    expect(stopped).toEqual([])
    advance(1)
    expect(stopped).toEqual(['disconnect'])
  })

  it('lets a run with "grace" go on when somebody comes back', () => {
    watch('grace')
    readers.enter('run', 'client')()
    advance(20_000)
    const back = readers.enter('run', 'client')
    advance(60_000)
    expect(stopped).toEqual([])
    back()
    advance(30_000)
    expect(stopped).toEqual(['disconnect'])
  })

  it('lets a run with "finish" go on alone', () => {
    watch('finish')
    readers.enter('run', 'client')()
    advance(1_000_000)
    expect(stopped).toEqual([])
  })

  it('leaves a run alone that nobody ever read', () => {
    watch('cancel')
    advance(1_000_000)
    expect(stopped).toEqual([])
  })

  it('neither keeps a client’s run for a designer who looks on, nor ends it when they leave', () => {
    watch('cancel')
    const client = readers.enter('run', 'client')
    readers.enter('run', 'full')()
    expect(stopped).toEqual([])
    readers.enter('run', 'full')
    client()
    expect(stopped).toEqual(['disconnect'])
  })

  it('does not go on waiting for a client because a designer looks on', () => {
    watch('grace')
    readers.enter('run', 'client')()
    readers.enter('run', 'full')
    advance(30_000)
    expect(stopped).toEqual(['disconnect'])
  })

  it('keeps a designer’s run for the last of all who follow it', () => {
    watch('cancel', 'designer')
    const [tab, other] = [readers.enter('run', 'full'), readers.enter('run', 'full')]
    const client = readers.enter('run', 'client')
    tab()
    other()
    expect(stopped).toEqual([])
    client()
    expect(stopped).toEqual(['disconnect'])
  })

  it('counts a reader that leaves twice once', () => {
    watch('cancel')
    const leave = readers.enter('run', 'client')
    readers.enter('run', 'client')
    leave()
    leave()
    expect(stopped).toEqual([])
  })

  it('does not wait for a run that ended', async () => {
    const end = watch('grace')
    readers.enter('run', 'client')()
    end.resolve()
    await end.promise
    await Promise.resolve()
    expect(clock).toEqual([])
  })
})
