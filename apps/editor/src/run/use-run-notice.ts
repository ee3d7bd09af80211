import { useEffect, useState } from 'react'
import { runAnnouncement } from '../announce/run-announcement.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { toast } from '../ui/toast.ts'
import { subscribeToRun, useRun } from './run-store.ts'
import { tabTitle } from './tab-title.ts'
import { selectIsRunning, type WatchedRun } from './watched-run.ts'

/** Says in the title of the tab how the run stands, and tells of one that ended while nobody looked. */
export function useRunNotice(): void {
  const name = useDocument(selectName)
  const status = useRun(selectStatus)
  const [hasEndedUnseen, setHasEndedUnseen] = useState(false)

  useEffect(
    () =>
      subscribeToRun((run, before) => {
        const hasEnded = run.ref === before.ref && selectIsRunning(before) && !selectIsRunning(run)
        if (!hasEnded || !document.hidden || run.status === 'idle') return
        setHasEndedUnseen(true)
        tell(run)
      }),
    [],
  )
  useEffect(() => {
    function look(): void {
      if (!document.hidden) setHasEndedUnseen(false)
    }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  useEffect(() => {
    const before = document.title
    document.title = tabTitle(name, { status, hasEndedUnseen })
    return () => {
      document.title = before
    }
  }, [name, status, hasEndedUnseen])
}

function tell(run: WatchedRun): void {
  const words = `While you were away: ${runAnnouncement(run) ?? ''}`
  if (run.status === 'completed') toast.success(words, { duration: 10_000 })
  else toast.warning(words, { duration: 10_000 })
}

function selectName({ flow }: DocumentState): string {
  return flow.name
}

function selectStatus({ status }: WatchedRun): WatchedRun['status'] {
  return status
}
