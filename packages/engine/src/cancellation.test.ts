import { FlowError, type Flow } from '@millrace/flow'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { compile } from './compile.ts'
import { implement, type NodeContext } from './implement.ts'
import { runFlow, type Run } from './run-flow.ts'
import { fakeServices } from './testing/fake-services.ts'
import { edges, fixtureNodes, flowOf, node } from './testing/fixture-nodes.ts'
import { eventsOf, lines, start } from './testing/run-fixture.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** Lets everything go on that can. */
async function turn(): Promise<void> {
  await new Promise(setImmediate)
}

/** Stops a run, and knows whether it has ended. */
function stop(run: Run): { readonly isEnded: boolean } {
  const stopping = { isEnded: false }
  void run.stop('stop').then(() => (stopping.isEnded = true))
  return stopping
}

async function stopped(run: Run): Promise<readonly string[]> {
  await turn()
  await run.stop('stop')
  return lines(await eventsOf(run))
}

/** Two attempts, one in the other; the inner one waits, and both say something at their end. */
function nested(...extra: readonly string[]): Flow {
  const lead = [
    'attempt.try -> attempt_inner',
    'attempt.finally -> say_outer',
    'attempt_inner.catch -> say_never',
    'attempt_inner.finally -> say_inner',
    ...extra,
  ]
  const nodes = [
    node('attempt'),
    node('attempt_inner'),
    node('wait'),
    node('wait_deaf', { isDeaf: true }),
    node('say_never', { value: 'never' }),
    node('say_inner', { value: 'inner' }),
    node('say_outer', { value: 'outer' }),
    node('jump', { to: 'it' }),
  ]
  const used = lead.join(' ').split(/[ .]/)
  return flowOf(
    nodes.filter(({ id }) => used.includes(id)),
    edges(...lead),
  )
}

describe('a cancelled run', () => {
  it('[E9] starts no node when it was cancelled before it started', async () => {
    const flow = flowOf([node('say', { value: 'x' })], [])
    const run = start(flow, { signal: AbortSignal.abort() })
    expect(lines(await eventsOf(run))).toEqual(['run-start', 'run cancelled'])
  })

  it('[E9] runs the finally blocks around where it is, the innermost first, and nothing else', async () => {
    expect(await stopped(start(nested('attempt_inner.try -> wait')))).toEqual([
      'run-start',
      'start attempt#1',
      'start attempt_inner#2 in 1.try',
      'start wait#3 in 2.try',
      'error #3 cancelled',
      'start say_inner#4 in 2.finally',
      'yield "inner"',
      'end #4',
      'error #2 cancelled',
      'start say_outer#5 in 1.finally',
      'yield "outer"',
      'end #5',
      'error #1 cancelled',
      'run cancelled',
    ])
  })

  it('[E9] lets a finally go on that runs already, for 10 s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const run = start(nested('say_inner -> wait'))
    await turn()
    const stopping = stop(run)
    await vi.advanceTimersByTimeAsync(9999)
    expect(stopping.isEnded).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await turn()
    expect(stopping.isEnded).toBe(true)
    expect(lines(await eventsOf(run)).slice(-5)).toEqual([
      'start wait#4 in 2.finally',
      'error #4 cancelled',
      'error #2 cancelled',
      'error #1 cancelled',
      'run cancelled',
    ])
  })

  it('[E9] stays cancelled when a finally fails, and runs those around it', async () => {
    const all = await stopped(start(nested('attempt_inner.try -> wait', 'say_inner -> jump')))
    expect(all.slice(-8)).toEqual([
      'start jump#5 in 2.finally',
      'error #5 provider_failed',
      'error #2 cancelled',
      'start say_outer#6 in 1.finally',
      'yield "outer"',
      'end #6',
      'error #1 cancelled',
      'run cancelled',
    ])
  })

  it('[E9] runs loops and finally blocks inside of a finally', async () => {
    const flow = flowOf(
      [
        node('attempt'),
        node('wait'),
        node('repeat', { times: 2 }),
        node('attempt_inner'),
        node('jump', { to: 'continue' }),
        node('say', { value: { $ref: 'item' } }),
      ],
      edges(
        'attempt.try -> wait',
        'attempt.finally -> repeat',
        'repeat.each -> attempt_inner',
        'attempt_inner.try -> jump',
        'attempt_inner.finally -> say',
      ),
    )
    const all = await stopped(start(flow))
    expect(all.filter((line) => line.startsWith('yield'))).toEqual(['yield 0', 'yield 1'])
    expect(all.at(-1)).toBe('run cancelled')
  })

  it.each([
    ['shutdown', 'interrupted'],
    ['disconnect', 'cancelled'],
  ] as const)('[E9] [E12] runs its finally blocks at a %s', async (reason, outcome) => {
    const run = start(nested('attempt_inner.try -> wait'))
    await turn()
    expect(await run.stop(reason)).toMatchObject({ outcome })
    expect(lines(await eventsOf(run))).toContain('yield "outer"')
  })

  it('[E9] [E11] runs its finally blocks when its time is over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const run = start({ ...nested('attempt_inner.try -> wait'), settings: { timeoutSeconds: 1 } })
    await vi.advanceTimersByTimeAsync(1000)
    expect(await run.end).toMatchObject({ outcome: 'failed', error: { code: 'timeout' } })
    expect(lines(await eventsOf(run))).toContain('yield "outer"')
  })
})

describe('a node that does not give way', () => {
  it('[E10] is ended over its head after 2 s, and the finally blocks around it run', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const run = start(nested('attempt_inner.try -> wait_deaf'))
    await turn()
    const stopping = stop(run)
    await vi.advanceTimersByTimeAsync(1999)
    expect(stopping.isEnded).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(lines(await eventsOf(run)).slice(3)).toEqual([
      'start wait_deaf#3 in 2.try',
      'error #3 cancelled',
      'start say_inner#4 in 2.finally',
      'yield "inner"',
      'end #4',
      'error #2 cancelled',
      'start say_outer#5 in 1.finally',
      'yield "outer"',
      'end #5',
      'error #1 cancelled',
      'run cancelled',
    ])
  })

  it('[E10] is ended over its head in a finally too, 12 s after the cancellation', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const run = start(nested('attempt_inner.try -> wait', 'say_inner -> wait_deaf'))
    await turn()
    const stopping = stop(run)
    await vi.advanceTimersByTimeAsync(11_999)
    expect(stopping.isEnded).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await turn()
    expect(stopping.isEnded).toBe(true)
    expect(lines(await eventsOf(run)).slice(-4)).toEqual([
      'error #5 cancelled',
      'error #2 cancelled',
      'error #1 cancelled',
      'run cancelled',
    ])
  })

  /** Like `start`, with another implementation of the node that runs its block several times. */
  function startWith(flow: Flow, run: (context: NodeContext<typeof repeat>) => Promise<void>): Run {
    const others = fixtureNodes.filter(({ definition }) => definition !== repeat)
    const plan = compile(flow, [{ nodes: [...others, implement(repeat, run)] }])
    return runFlow(plan, { input: {}, services: fakeServices(), trace: 'full' })
  }
  const repeat =
    fixtureNodes.find(({ definition }) => definition.type === 'test.repeat')?.definition ??
    expect.fail()
  const repeating = flowOf(
    [node('repeat', { times: 1 }), node('reducer'), node('wait'), node('say', { value: 'on' })],
    edges('repeat.each -> wait', 'wait -> say'),
    { attachments: [{ host: ['repeat', 'reducer'], resource: 'reducer' }] },
  )
  type Block = (variables: object) => Promise<unknown>

  it('[E10] that goes on with its block, or says something, is not heard', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const later = Promise.withResolvers<void>()
    let rounds = 0
    const run = startWith(repeating, async ({ blocks, run: own }) => {
      const { each } = blocks as unknown as { each: Block } // of its definition
      void later.promise.then(() => {
        own.yield('late')
        own.log('info', 'late')
        own.setVariable('none', 'late')
      })
      for (;;) {
        await each({})
        rounds += 1
      }
    })
    await turn()
    void run.stop('stop')
    await vi.advanceTimersByTimeAsync(2000)
    const events = lines(await eventsOf(run))
    expect(events.slice(-3)).toEqual(['error #2 cancelled', 'error #1 cancelled', 'run cancelled'])
    const before = rounds
    later.resolve()
    await turn()
    await turn()
    expect(rounds).toBe(before)
    expect(lines(await eventsOf(run))).toEqual(events)
  })

  it('[E10] that waits for another run has the time which that one takes to end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const other = Promise.withResolvers<void>()
    const run = startWith(repeating, async ({ run: own }) => await own.waitWithin(other.promise))
    const stopping = stop(run)
    await vi.advanceTimersByTimeAsync(9000)
    expect(stopping.isEnded).toBe(false)
    other.resolve()
    await vi.advanceTimersByTimeAsync(0)
    await turn()
    expect(lines(await eventsOf(run)).slice(-2)).toEqual(['error #1 cancelled', 'run cancelled'])
  })

  it('[E9] starts no resource any more', async () => {
    const run = startWith(repeating, async ({ blocks, attachments }) => {
      const { each } = blocks as unknown as { each: Block } // of its definition
      const { reducer } = attachments as unknown as {
        reducer: [{ reduce: () => Promise<unknown> }]
      } // as above
      await each({})
      await reducer[0].reduce()
    })
    expect((await stopped(run)).filter((line) => line.startsWith('start'))).toEqual([
      'start repeat#1',
      'start wait#2 in 1.each',
    ])
  })
})

describe('a breach of a limit', () => {
  const looping = flowOf(
    [
      node('attempt'),
      node('repeat', { times: 1000 }),
      node('say', { value: 'on' }),
      node('say_caught', { value: 'caught' }),
      node('say_last', { value: 'last' }),
    ],
    edges(
      'attempt.try -> repeat',
      'repeat.each -> say',
      'attempt.catch -> say_caught',
      'attempt.finally -> say_last',
    ),
  )

  it('[E14] is exact, names the node that would be one too many, and runs what is at the end', async () => {
    const run = start(looping, { limits: { steps: 8 } })
    expect(await run.end).toMatchObject({
      outcome: 'failed',
      error: { code: 'limit_exceeded', nodeId: 'say', details: { limit: 'steps', max: 8 } },
    })
    // Two starts, and three times a start with a yield.
    expect(lines(await eventsOf(run)).filter((line) => line.startsWith('yield'))).toEqual([
      'yield "on"',
      'yield "on"',
      'yield "on"',
      'yield "last"',
    ])
  })

  it('[E14] takes 1,000 steps of finally blocks, and no more', async () => {
    const flow = flowOf(
      [node('attempt'), node('wait'), node('repeat', { times: 1000 }), node('say', { value: 1 })],
      edges('attempt.try -> wait', 'attempt.finally -> repeat', 'repeat.each -> say'),
    )
    const yields = (await stopped(start(flow))).filter((line) => line.startsWith('yield'))
    expect(yields).toHaveLength(499)
  })

  it('[E14] of what is yielded fails the node that yields more, in a finally as well', async () => {
    const run = start(looping, { limits: { yielded: 9 } })
    expect(await run.end).toMatchObject({ error: { nodeId: 'say', details: { limit: 'yielded' } } })
    expect(lines(await eventsOf(run)).slice(-5)).toEqual([
      'error #2 cancelled',
      'start say_last#6 in 1.finally',
      'error #6 limit_exceeded',
      'error #1 cancelled',
      'run failed',
    ])
  })
})

describe('a wait of the services', () => {
  it('[E9] is over when the run is cancelled', async () => {
    const reason = new FlowError('cancelled', 'Over.')
    expect(
      await fakeServices()
        .wait(1, AbortSignal.abort(reason))
        .catch((error) => error),
    ).toBe(reason)
  })
})
