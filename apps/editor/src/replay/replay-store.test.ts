import type { RunEvent } from '@millrace/flow'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FakeSocket, streamedEvents } from '../run/fake-socket.ts'
import { runCommands } from '../run/run-store.ts'
import { replayCommands, toggleReplay, useReplay } from './replay-store.ts'

/** Two pieces of text, and the end: the events 3 and 4 are no steps. */
const events: readonly RunEvent[] = [
  ...streamedEvents(['Hel', 'lo']),
  { seq: 5, at: 1000, type: 'node-end', visit: 1 },
  { seq: 6, at: 1000, type: 'run-end', outcome: 'completed', usage: null },
]

const sockets: FakeSocket[] = []

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
  vi.stubGlobal('location', new URL('http://localhost/'))
  vi.stubGlobal(
    'WebSocket',
    class extends FakeSocket {
      constructor() {
        super()
        sockets.push(this)
      }
    },
  )
})
afterEach(() => {
  runCommands.reset()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** Opens a run that ended, with its whole log. */
function openRun(runId: string): void {
  runCommands.open({ runId, status: 'completed', document: undefined })
  sockets.at(-1)?.accept().say({ type: 'events', runId, events })
  vi.advanceTimersByTime(16)
}

/** The number of the event that is shown last; `end` where the run is shown as far as it came. */
function shown(): number | 'end' {
  return runCommands.current().position ?? 'end'
}

it('steps from one thing that a node did to the next, and back', () => {
  openRun('run-1')
  replayCommands.toStart()
  const seen = [shown()]
  for (let step = 0; step < 3; step += 1) {
    replayCommands.step(1)
    seen.push(shown())
  }
  replayCommands.step(-1)
  replayCommands.step(-1)
  expect([...seen, shown()]).toEqual([1, 2, 5, 'end', 2])
})

it('goes to each single event, and not beyond the ends', () => {
  openRun('run-1')
  replayCommands.toStart()
  replayCommands.stepOne(-1)
  expect(shown()).toBe(1)
  replayCommands.stepOne(1)
  replayCommands.stepOne(1)
  expect(shown()).toBe(3)
  replayCommands.toEnd()
  replayCommands.stepOne(1)
  expect(shown()).toBe('end')
})

it('plays from the beginning where the end is shown, else from the moment that is', () => {
  openRun('run-1')
  replayCommands.play()
  expect([shown(), useReplay.getState().isPlaying]).toEqual([1, true])
  replayCommands.step(1)
  expect([shown(), useReplay.getState().isPlaying]).toEqual([2, false])
  replayCommands.play()
  expect(shown()).toBe(2)
})

it('shows the run as far as it came once the bar is closed', () => {
  openRun('run-1')
  toggleReplay()
  replayCommands.play()
  toggleReplay()
  expect(useReplay.getState()).toMatchObject({ isOpen: false, isPlaying: false })
  expect(shown()).toBe('end')
})

it('keeps its bar for another run, which is not in the middle of being played, and none for no run', () => {
  openRun('run-1')
  replayCommands.open()
  replayCommands.play()
  openRun('run-2')
  expect(useReplay.getState()).toMatchObject({ isOpen: true, isPlaying: false })
  expect(shown()).toBe('end')
  runCommands.reset()
  expect(useReplay.getState().isOpen).toBe(false)
})
