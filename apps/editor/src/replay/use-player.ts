import { useEffect, useEffectEvent } from 'react'
import { runCommands } from '../run/run-store.ts'
import { createPlayhead } from './playhead.ts'
import { countShown, replayCommands, useReplay, type ReplayState } from './replay-store.ts'
import type { TimeLine } from './time-line.ts'

/** Who wants no motion sees a replay in steps of so many milliseconds. */
const calmMs = 500

/** Moves the shown moment along the log while it is played, as fast as that is wanted. */
export function usePlayer(timeLine: TimeLine): void {
  const isPlaying = useReplay(selectIsPlaying)
  const speed = useReplay(selectSpeed)
  // At speed, long waits are as short as they are drawn.
  const times = speed === 1 ? timeLine.real : timeLine.squeezed
  // A run that goes on makes its line longer all the time, and is played on all the same.
  const timesNow = useEffectEvent(() => times)

  useEffect(() => {
    if (!isPlaying) return undefined
    const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    const playhead = createPlayhead({
      count: countShown(runCommands.current()),
      speed,
      times: timesNow,
      everyMs: isCalm ? calmMs : 0,
    })
    const frame = { handle: requestAnimationFrame(tick) }

    function tick(now: number): void {
      frame.handle = requestAnimationFrame(tick)
      const count = playhead.move(now)
      if (count === undefined) return
      replayCommands.showCount(count)
      if (count >= timesNow().length) replayCommands.pause()
    }
    return () => cancelAnimationFrame(frame.handle)
  }, [isPlaying, speed])
}

function selectIsPlaying({ isPlaying }: ReplayState): boolean {
  return isPlaying
}

function selectSpeed({ speed }: ReplayState): ReplayState['speed'] {
  return speed
}
