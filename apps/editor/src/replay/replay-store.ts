import { create } from 'zustand'
import { runCommands, subscribeToRun } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { countUpTo } from '../run/seekable-log.ts'
import { stepFrom } from './event-steps.ts'

/** How many times as fast as it happened. */
export type ReplaySpeed = 1 | 10

export interface ReplayState {
  /** Whether the bar is there. */
  readonly isOpen: boolean
  readonly isPlaying: boolean
  readonly speed: ReplaySpeed
}

/** How the shown run is replayed; which moment of it is shown is in the run store. */
export const useReplay = create<ReplayState>()(() => ({
  isOpen: false,
  isPlaying: false,
  speed: 1,
}))

const { getState, setState } = useReplay

/** All that is done to a replay. */
export const replayCommands = {
  open(): void {
    setState({ isOpen: true })
  },
  /** The run is shown as far as it has come again. */
  close(): void {
    setState({ isOpen: false, isPlaying: false })
    runCommands.seek(undefined)
  },
  /** Plays on from the moment that is shown; from the beginning where that is the end. */
  play(): void {
    const { position, log } = runCommands.current()
    if (position === undefined) runCommands.seek(log.events[0]?.seq)
    setState({ isPlaying: true })
  },
  pause(): void {
    setState({ isPlaying: false })
  },
  setSpeed(speed: ReplaySpeed): void {
    setState({ speed })
  },
  /** Shows the run when so many of its kept events had come. */
  showCount(count: number): void {
    const { events } = runCommands.current().log
    runCommands.seek(count >= events.length ? undefined : events[Math.max(0, count - 1)]?.seq)
  },
  /** To what a node did next, or before. */
  step(direction: 1 | -1): void {
    setState({ isPlaying: false })
    const run = runCommands.current()
    const { events } = run.log
    replayCommands.showCount(stepFrom(events, countShown(run), direction) ?? events.length)
  },
  /** To the event right after the one that is shown, or before. */
  stepOne(direction: 1 | -1): void {
    setState({ isPlaying: false })
    replayCommands.showCount(Math.max(1, countShown(runCommands.current()) + direction))
  },
  toStart(): void {
    setState({ isPlaying: false })
    replayCommands.showCount(1)
  },
  toEnd(): void {
    setState({ isPlaying: false })
    runCommands.seek(undefined)
  },
}

/** How many of the kept events have come at the moment that is shown. */
export function countShown({ log, position }: Pick<WatchedRun, 'log' | 'position'>): number {
  return position === undefined ? log.events.length : countUpTo(log.events, position)
}

export function toggleReplay(): void {
  if (getState().isOpen) replayCommands.close()
  else replayCommands.open()
}

// Another run is not in the middle of being played, and no run, as in another flow, has no bar.
subscribeToRun((run, before) => {
  if (run.ref === before.ref) return
  setState({ isPlaying: false, ...(run.ref === undefined ? { isOpen: false } : {}) })
})
