import { describe, expect, it } from 'vitest'
import type { RunEvent } from './run-event.ts'
import { applyEvents, initialRunState } from './run-state.ts'
import { timingOf } from './run-timing.ts'

type Bare = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'seq'> : never) : never

/** The timing of a run from 0 to 1000 ms in which these things happened. */
function timing(...events: readonly Bare[]) {
  const whole: readonly Bare[] = [
    { at: 0, type: 'run-start', runId: 'r', flowId: 'f', document: 'hash', trace: 'full' },
    ...events,
    { at: 1000, type: 'run-end', outcome: 'completed' },
  ]
  // What was taken out of the type is put back in.
  const numbered = whole.map((event, index) => ({ ...event, seq: index + 1 }) as RunEvent)
  return timingOf(applyEvents(initialRunState, numbered))
}

function call(
  [startedAt, endedAt]: readonly [number, number],
  more: Partial<Extract<Bare, { type: 'node-call' }>> = {},
): Bare {
  return {
    at: endedAt,
    type: 'node-call',
    visit: 1,
    kind: 'model',
    attempt: 1,
    startedAt,
    ms: endedAt - startedAt,
    ...more,
  }
}
const delta = (at: number): Bare => ({ at, type: 'node-delta', visit: 1, delta: 'a' })
const value = (at: number): Bare => ({ at, type: 'run-yield', visit: 2, value: 'a' })

describe('the timing of a run', () => {
  it('gives the engine what no call took', () => {
    expect(timing(delta(300), value(302), call([3, 990]))).toEqual({
      whole: { totalMs: 1000, modelMs: 987, otherMs: 0, pauseMs: 0, engineMs: 13 },
      first: { totalMs: 302, modelMs: 297, otherMs: 0, pauseMs: 0, engineMs: 5 },
      tokensPerSecond: undefined,
    })
  })

  it('counts calls that overlap once, as the model’s where one of them is a model’s', () => {
    const calls = [
      call([100, 500]),
      call([400, 700], { visit: 2 }),
      call([600, 900], { visit: 3, kind: 'query' }),
      call([50, 200], { visit: 4, kind: 'request' }),
    ]
    const spans = { totalMs: 1000, modelMs: 600, otherMs: 250, pauseMs: 0, engineMs: 150 }
    expect(timing(...calls)?.whole).toEqual(spans)
    expect(timing(...calls.toReversed())?.whole).toEqual(spans)
  })

  it('sets the pauses before retries apart', () => {
    const retried = [
      call([100, 150]),
      call([400, 450], { attempt: 2 }),
      call([600, 900], { attempt: 3 }),
    ]
    expect(timing(...retried)?.whole).toEqual({
      totalMs: 1000,
      modelMs: 400,
      otherMs: 0,
      pauseMs: 400,
      engineMs: 200,
    })
  })

  it('takes no pause from one visit to the next, whatever their attempts', () => {
    const loops = [call([100, 150]), call([400, 450], { visit: 2, attempt: 1 })]
    expect(timing(...loops)?.whole).toMatchObject({ pauseMs: 0, engineMs: 900 })
  })

  it('waits for the model whose text became the first value, not for an earlier one', () => {
    const silent = call([10, 200])
    const spoken = call([210, 990], { visit: 3 })
    expect(timing(delta(50), silent, delta(500), value(501), spoken)?.first).toEqual({
      totalMs: 501,
      modelMs: 480,
      otherMs: 0,
      pauseMs: 0,
      engineMs: 21,
    })
  })

  it('takes a value for the model’s where its texts were not recorded', () => {
    expect(timing(value(302), call([2, 990]))?.first).toMatchObject({ modelMs: 300, engineMs: 2 })
  })

  it('knows no first value where none came, and nothing of a run that goes on', () => {
    expect(timing(call([0, 1000]))?.first).toBeUndefined()
    expect(timingOf({ ...initialRunState, startedAt: 1 })).toBeUndefined()
  })

  it('places a call of an older log before its record', () => {
    const { startedAt: _, ...old } = call([100, 400]) as Extract<Bare, { type: 'node-call' }>
    expect(timing(old)?.whole).toMatchObject({ modelMs: 300, engineMs: 700 })
  })

  it('measures the speed while models streamed, over all that reported their tokens', () => {
    const usage = { inputTokens: 5, outputTokens: 50, totalTokens: 55 }
    const speed = timing(
      call([0, 600], { firstByteMs: 100, usage }),
      call([700, 900], { visit: 2, firstByteMs: 100, usage }),
      call([900, 950], { visit: 3, usage: null }),
    )?.tokensPerSecond
    expect(speed).toBeCloseTo(100_000 / 600)
  })
})
