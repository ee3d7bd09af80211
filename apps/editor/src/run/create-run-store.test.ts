import { emptyFlow, type RunEvent } from '@millrace/flow'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRunStore } from './create-run-store.ts'
import { fakeSockets, streamedEvents } from './fake-socket.ts'
import { maxKeptEvents } from './seekable-log.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const flow = emptyFlow('test', 'Test')
const oneFrame = 16

function world() {
  const { sockets, openSocket } = fakeSockets()
  let refs = 0
  const store = createRunStore({ openSocket, newRef: () => `ref-${(refs += 1)}` })
  const say = (frame: object) => sockets.at(-1)?.say(frame)
  const begin = (input: unknown = {}) => {
    store.start(flow, input)
    sockets.at(-1)?.accept()
    say({ type: 'started', ref: `ref-${refs}`, runId: 'run-1' })
  }
  const tell = (events: readonly RunEvent[]) => say({ type: 'events', runId: 'run-1', events })
  return { store, sockets, begin, say, tell }
}

describe('the run store', () => {
  it('follows a run from its start to its end', () => {
    const { store, begin, tell } = world()
    expect(store.getState().status).toBe('idle')
    store.start(flow, { prompt: 'Hi' })
    expect(store.getState()).toMatchObject({ status: 'starting', document: flow })
    begin({ prompt: 'Hi' })
    expect(store.getState()).toMatchObject({ status: 'pending', runId: 'run-1' })
    tell(streamedEvents(['Hel', 'lo']))
    vi.advanceTimersByTime(oneFrame)
    expect(store.getState().status).toBe('running')
    expect(store.nodeRun('model')).toMatchObject({ status: 'running', text: 'Hello', deltas: 2 })
    tell([{ seq: 5, at: 1001, type: 'run-end', outcome: 'cancelled', usage: null }])
    vi.advanceTimersByTime(oneFrame)
    expect(store.getState().status).toBe('cancelled')
    expect(store.nodeRun('model')?.status).toBe('cancelled')
  })

  it('says that it is stopping until the run has ended', () => {
    const { store, begin, tell } = world()
    store.stop()
    expect(store.getState().isStopping).toBe(false)
    begin()
    tell(streamedEvents(['Hel']))
    vi.advanceTimersByTime(oneFrame)
    store.stop()
    expect(store.getState()).toMatchObject({ status: 'running', isStopping: true })
    tell([{ seq: 4, at: 1001, type: 'run-end', outcome: 'cancelled', usage: null }])
    vi.advanceTimersByTime(oneFrame)
    expect(store.getState()).toMatchObject({ status: 'cancelled', isStopping: false })
  })

  it('takes in all events of one frame together, and tells only the nodes that changed', () => {
    const { store, begin, tell } = world()
    begin()
    const calls = { model: 0, other: 0, all: 0 }
    store.subscribeToNode('model', () => (calls.model += 1))
    store.subscribeToNode('other', () => (calls.other += 1))
    store.subscribe(() => (calls.all += 1))
    for (const event of streamedEvents(['a', 'b', 'c'])) tell([event])
    expect(calls).toEqual({ model: 0, other: 0, all: 0 })
    vi.advanceTimersByTime(oneFrame)
    expect(calls).toEqual({ model: 1, other: 0, all: 1 })
  })

  it('goes on without frames, as in a hidden tab', () => {
    vi.stubGlobal('requestAnimationFrame', () => 1)
    vi.stubGlobal('cancelAnimationFrame', () => undefined)
    const { store, begin, tell } = world()
    begin()
    tell(streamedEvents(['a']))
    vi.advanceTimersByTime(249)
    expect(store.nodeRun('model')).toBeUndefined()
    vi.advanceTimersByTime(1)
    expect(store.nodeRun('model')?.text).toBe('a')
  })

  it('no longer tells a listener that has left', () => {
    const { store, begin, tell } = world()
    begin()
    let calls = 0
    const leave = store.subscribeToNode('model', () => (calls += 1))
    leave()
    tell(streamedEvents(['a']))
    vi.advanceTimersByTime(oneFrame)
    expect(calls).toBe(0)
  })

  it('keeps the latest events only, and counts the others', () => {
    const { store, begin, tell } = world()
    begin()
    tell(streamedEvents(Array.from({ length: maxKeptEvents }, () => 'a')))
    vi.advanceTimersByTime(oneFrame)
    const { events, droppedEvents } = store.getState()
    expect(events.length).toBeLessThanOrEqual(maxKeptEvents)
    expect(events.length + droppedEvents).toBe(maxKeptEvents + 2)
    expect(events[0]?.seq).toBe(droppedEvents + 1)
  })

  it('shows why a run did not start', () => {
    const { store, sockets, say } = world()
    store.start(flow, {})
    sockets.at(-1)?.accept()
    say({
      type: 'error',
      ref: 'ref-1',
      error: { code: 'flow_invalid', message: 'No.', retryable: false },
    })
    expect(store.getState()).toMatchObject({ status: 'failed', error: { code: 'flow_invalid' } })
  })

  it('leaves nothing running on the canvas when a run cannot be found again', () => {
    const { store, begin, tell, say } = world()
    begin()
    tell(streamedEvents(['a']))
    say({
      type: 'error',
      runId: 'run-1',
      error: { code: 'not_found', message: 'Gone.', retryable: false },
    })
    expect(store.getState()).toMatchObject({ status: 'interrupted', error: { code: 'not_found' } })
    expect(store.nodeRun('model')).toMatchObject({ status: 'cancelled', text: 'a' })
  })

  it('goes on from a snapshot', () => {
    const { store, begin, say } = world()
    begin()
    const node = { nodeId: 'model', status: 'running', text: 'Hel', deltas: 1, lastVisit: 1 }
    const state = { status: 'running', seq: 40, nodes: { model: node }, visits: { 1: 'model' } }
    say({ type: 'snapshot', runId: 'run-1', seq: 40, state })
    say({
      type: 'events',
      runId: 'run-1',
      events: [{ seq: 41, at: 1, type: 'node-delta', visit: 1, delta: 'lo' }],
    })
    vi.advanceTimersByTime(oneFrame)
    expect(store.nodeRun('model')?.text).toBe('Hello')
    expect(store.getState().droppedEvents).toBe(40)
  })

  it('forgets a run that another one replaces', () => {
    const { store, sockets, begin, tell } = world()
    begin()
    tell(streamedEvents(['old']))
    begin()
    vi.advanceTimersByTime(oneFrame)
    expect(store.nodeRun('model')).toBeUndefined()
    expect(sockets[0]?.readyState).toBe(3)
    store.reset()
    expect(store.getState().status).toBe('idle')
  })

  it('attaches to a run that goes on, and watches it', () => {
    const { store, sockets, tell } = world()
    store.open({ runId: 'run-1', status: 'running', document: flow })
    expect(store.getState()).toMatchObject({
      source: 'attached',
      status: 'running',
      runId: 'run-1',
    })
    expect(sockets.at(-1)?.accept().sent).toEqual([
      { type: 'attach', runId: 'run-1', after: 0, watch: true },
    ])
    tell(streamedEvents(['Hel']))
    vi.advanceTimersByTime(oneFrame)
    expect(store.nodeRun('model')?.text).toBe('Hel')
    store.stop()
    expect(sockets.at(-1)?.sent.at(-1)).toEqual({ type: 'stop', runId: 'run-1' })
  })

  it('reads a run of the history without ever looking like it ran', () => {
    const { store, sockets, tell } = world()
    store.open({ runId: 'run-1', status: 'failed', document: flow })
    expect(sockets.at(-1)?.accept().sent).toEqual([{ type: 'attach', runId: 'run-1', after: 0 }])
    tell(streamedEvents(['Hello']))
    vi.advanceTimersByTime(oneFrame)
    expect(store.getState()).toMatchObject({ source: 'stored', status: 'failed' })
    tell([{ seq: 4, at: 1001, type: 'run-end', outcome: 'failed', usage: null }])
    vi.advanceTimersByTime(oneFrame)
    expect(store.getState()).toMatchObject({ status: 'failed', state: { status: 'failed' } })
  })

  it('knows what a run of others was started with from its log', () => {
    const { store, sockets, tell } = world()
    store.open({ runId: 'run-1', status: 'running', document: flow })
    sockets.at(-1)?.accept()
    const [start, ...rest] = streamedEvents(['Hi'])
    tell([{ ...start, input: { prompt: 'Why?' } } as RunEvent, ...rest])
    vi.advanceTimersByTime(oneFrame)
    expect(store.getState().input).toEqual({ prompt: 'Why?' })
  })

  it('shows an earlier moment while the run goes on, and follows it again', () => {
    const { store, begin, tell } = world()
    begin()
    tell(streamedEvents(['Hel', 'lo']))
    vi.advanceTimersByTime(oneFrame)
    store.seek(3)
    expect(store.nodeRun('model')?.text).toBe('Hel')
    expect(store.getState().events.map(({ seq }) => seq)).toEqual([1, 2, 3])
    tell([{ seq: 5, at: 1001, type: 'run-end', outcome: 'completed', usage: null }])
    vi.advanceTimersByTime(oneFrame)
    expect(store.nodeRun('model')?.text).toBe('Hel')
    expect(store.getState()).toMatchObject({ status: 'completed', state: { status: 'running' } })
    store.seek(undefined)
    expect(store.nodeRun('model')).toMatchObject({ text: 'Hello', status: 'cancelled' })
    expect(store.getState().position).toBeUndefined()
  })

  it('goes back from an opened run to the one that was started here, and follows it on', () => {
    const { store, sockets, begin, tell, say } = world()
    begin()
    tell(streamedEvents(['Hel']))
    store.open({ runId: 'run-2', status: 'completed', document: flow })
    sockets.at(-1)?.accept()
    say({ type: 'events', runId: 'run-2', events: streamedEvents(['other']) })
    vi.advanceTimersByTime(oneFrame)
    expect(store.nodeRun('model')?.text).toBe('other')
    store.leave()
    expect(store.nodeRun('model')?.text).toBe('Hel')
    expect(sockets.at(-1)?.accept().sent).toEqual([{ type: 'attach', runId: 'run-1', after: 3 }])
    tell(streamedEvents(['Hel', 'lo']))
    vi.advanceTimersByTime(oneFrame)
    expect(store.nodeRun('model')?.text).toBe('Hello')
  })

  it('has nothing to go back to from an opened run when none was started', () => {
    const { store } = world()
    store.open({ runId: 'run-2', status: 'completed', document: flow })
    store.leave()
    expect(store.getState().status).toBe('idle')
  })
})
