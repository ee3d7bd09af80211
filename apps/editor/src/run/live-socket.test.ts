import { emptyFlow, type ErrorShape, type RunEvent } from '@millrace/flow'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeSockets, streamedEvents } from './fake-socket.ts'
import { openLiveRun } from './live-socket.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const flow = emptyFlow('test', 'Test')
const end: RunEvent = { seq: 5, at: 1001, type: 'run-end', outcome: 'completed', usage: null }

function start() {
  const { sockets, openSocket } = fakeSockets()
  const heard: unknown[] = []
  const run = openLiveRun({
    opening: { kind: 'start', flow, input: { prompt: 'Hi' }, ref: 'ref-1' },
    openSocket,
    handlers: {
      started: (runId) => heard.push(['started', runId]),
      events: (events) => heard.push(['events', events.map(({ seq }) => seq)]),
      snapshot: ({ seq }) => heard.push(['snapshot', seq]),
      failed: ({ code }) => heard.push(['failed', code]),
      connection: (state) => heard.push(state),
    },
  })
  const latest = () => {
    const socket = sockets.at(-1)
    if (socket === undefined) throw new Error('No socket was opened.')
    return socket
  }
  return { run, sockets, latest, heard }
}

function started(world: ReturnType<typeof start>): void {
  world.latest().accept().say({ type: 'started', ref: 'ref-1', runId: 'run-1' })
}

describe('a live run', () => {
  it('starts the document with its input, and tells its events to the end', () => {
    const world = start()
    started(world)
    world.latest().say({ type: 'events', runId: 'run-1', events: streamedEvents(['a', 'b']) })
    world.latest().say({ type: 'events', runId: 'run-1', events: [end] })
    expect(world.latest().sent).toEqual([
      { type: 'start', ref: 'ref-1', flow, input: { prompt: 'Hi' }, record: true },
    ])
    expect(world.heard).toEqual([
      ['started', 'run-1'],
      ['events', [1, 2, 3, 4]],
      ['events', [5]],
    ])
    expect(world.latest().readyState).toBe(3)
  })

  it('attaches again exactly after the last event when the socket drops, and tells each event once', () => {
    const world = start()
    started(world)
    world.latest().say({ type: 'events', runId: 'run-1', events: streamedEvents(['a']) })
    world.latest().close()
    expect(world.sockets).toHaveLength(1)
    vi.advanceTimersByTime(250)
    expect(world.latest().accept().sent).toEqual([{ type: 'attach', runId: 'run-1', after: 3 }])
    world.latest().say({ type: 'events', runId: 'run-1', events: streamedEvents(['a', 'b']) })
    expect(world.heard).toEqual([
      ['started', 'run-1'],
      ['events', [1, 2, 3]],
      'lost',
      'restored',
      ['events', [4]],
    ])
  })

  it('waits longer after each failed attempt, up to five seconds', () => {
    const world = start()
    started(world)
    const waits: number[] = []
    for (let attempt = 0; attempt < 7; attempt += 1) {
      world.latest().close()
      const count = world.sockets.length
      let waited = 0
      while (world.sockets.length === count) {
        vi.advanceTimersByTime(250)
        waited += 250
      }
      waits.push(waited)
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000])
    expect(world.heard).toEqual([['started', 'run-1'], 'lost'])
  })

  it('takes a silent socket for dead in spite of its state', () => {
    const world = start()
    started(world)
    vi.advanceTimersByTime(20_000)
    expect(world.latest().sent.slice(1)).toEqual([{ type: 'ping' }, { type: 'ping' }])
    vi.advanceTimersByTime(10_250)
    expect(world.sockets).toHaveLength(2)
    expect(world.heard.at(-1)).toBe('lost')
  })

  it('never starts a run twice: a socket that drops before the answer is a failure', () => {
    const world = start()
    world.latest().accept().close()
    vi.advanceTimersByTime(60_000)
    expect(world.sockets).toHaveLength(1)
    expect(world.heard).toEqual([['failed', 'offline']])
  })

  it('stops as soon as it can: before the start is answered, and across a lost connection', () => {
    const early = start()
    early.run.stop()
    started(early)
    expect(early.latest().sent.at(-1)).toEqual({ type: 'stop', runId: 'run-1' })

    const late = start()
    started(late)
    late.latest().close()
    late.run.stop()
    vi.advanceTimersByTime(250)
    expect(late.latest().accept().sent).toEqual([
      { type: 'attach', runId: 'run-1', after: 0 },
      { type: 'stop', runId: 'run-1' },
    ])
  })

  it('goes on from a snapshot where the events are no longer kept', () => {
    const world = start()
    started(world)
    world.latest().say({ type: 'snapshot', runId: 'run-1', seq: 90, state: { status: 'running' } })
    world.latest().close()
    vi.advanceTimersByTime(250)
    expect(world.latest().accept().sent).toEqual([{ type: 'attach', runId: 'run-1', after: 90 }])
    world.latest().say({ type: 'snapshot', runId: 'run-1', seq: 95, state: { status: 'failed' } })
    expect(world.latest().readyState).toBe(3)
  })

  it('tells the error of its own start and of its own run only', () => {
    const error: ErrorShape = { code: 'flow_invalid', message: 'No.', retryable: false }
    const world = start()
    world.latest().accept().say({ type: 'error', ref: 'another', error })
    world.latest().say({ type: 'error', runId: 'another', error })
    expect(world.heard).toEqual([])
    world.latest().say({ type: 'error', ref: 'ref-1', error })
    expect(world.heard).toEqual([['failed', 'flow_invalid']])
  })

  it('tells nothing once it is closed', () => {
    const world = start()
    started(world)
    world.run.close()
    world.latest().say({ type: 'events', runId: 'run-1', events: streamedEvents(['a']) })
    vi.advanceTimersByTime(60_000)
    expect(world.sockets).toHaveLength(1)
    expect(world.heard).toEqual([['started', 'run-1']])
  })

  it('attaches to a run from where it is known, watches it again after a drop, and stops it', () => {
    const { sockets, openSocket } = fakeSockets()
    const heard: unknown[] = []
    const run = openLiveRun({
      opening: { kind: 'attach', runId: 'run-1', after: 2, isWatched: true },
      openSocket,
      handlers: {
        started: () => heard.push('started'),
        events: (events) => heard.push(events.map(({ seq }) => seq)),
        snapshot: () => heard.push('snapshot'),
        failed: ({ code }) => heard.push(code),
        connection: (state) => heard.push(state),
      },
    })
    sockets[0]?.accept().say({ type: 'events', runId: 'run-1', events: streamedEvents(['a', 'b']) })
    run.stop()
    sockets[0]?.close()
    vi.advanceTimersByTime(250)
    sockets[1]?.accept()
    expect(sockets.map(({ sent }) => sent)).toEqual([
      [
        { type: 'attach', runId: 'run-1', after: 2, watch: true },
        { type: 'stop', runId: 'run-1' },
      ],
      [
        { type: 'attach', runId: 'run-1', after: 4, watch: true },
        { type: 'stop', runId: 'run-1' },
      ],
    ])
    expect(heard).toEqual([[3, 4], 'lost'])
  })
})
