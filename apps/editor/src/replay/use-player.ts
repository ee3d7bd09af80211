import { useEffect, useEffectEvent } from 'react'
import { runCommands } from '../run/run-store.ts'
import { countUpTo } from '../run/seekable-log.ts'
import { replayCommands, useReplay, type ReplayState } from './replay-store.ts'
import { countAt, type TimeLine } from './time-line.ts'

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
    const { position, log } = runCommands.current()
    let count = position === undefined ? log.events.length : countUpTo(log.events, position)
    let moment = timesNow()[count - 1] ?? 0
    let last: number | undefined
    const frame = { handle: requestAnimationFrame(tick) }

    function tick(now: number): void {
      frame.handle = requestAnimationFrame(tick)
      last ??= now
      if (isCalm && now - last < calmMs) return
      moment += (now - last) * speed
      last = now
      const timesSoFar = timesNow()
      const reached = countAt(timesSoFar, moment)
      if (reached === count) return
      count = reached
      replayCommands.showCount(count)
      if (count >= timesSoFar.length) replayCommands.pause()
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
