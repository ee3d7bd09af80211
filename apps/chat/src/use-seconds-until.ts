import { useEffect, useState } from 'react'

/** How many seconds there are until a moment, in epoch ms, counted down; 0 when it has passed. */
export function useSecondsUntil(moment: number | undefined): number {
  const [now, setNow] = useState(() => Date.now())
  const seconds = moment === undefined ? 0 : Math.max(0, Math.ceil((moment - now) / 1000))
  const isCounting = seconds > 0
  useEffect(() => {
    setNow(Date.now())
    if (!isCounting) return undefined
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [moment, isCounting])
  return seconds
}

/** Seconds in words that are short: `45 s`, `3 min`, `5 h`. */
export function waitText(seconds: number): string {
  if (seconds < 100) return `${seconds} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 100 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`
}
