import { useEffect, useState } from 'react'
import { readRetention, type Retention } from '../api/retention-api.ts'
import { counted } from '../ui/counted.ts'

/** How long this server keeps runs; `undefined` until it is known. */
export function useRetention(): Retention | undefined {
  const [retention, setRetention] = useState<Retention>()
  useEffect(() => {
    const leaving = new AbortController()
    // What is said without it is true as well.
    readRetention(leaving.signal).then(setRetention, () => undefined)
    return () => leaving.abort()
  }, [])
  return retention
}

/** "the last 10,000 runs, for 30 days and up to 1 GB". */
export function retentionText({ runs, days, megabytes }: Retention): string {
  const size = megabytes < 1024 ? `${megabytes} MB` : `${gigabytes.format(megabytes / 1024)} GB`
  return `the last ${counted(runs, 'run')}, for ${counted(days, 'day')} and up to ${size}`
}

const gigabytes = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
