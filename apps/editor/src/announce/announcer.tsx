import { useEffect, useState } from 'react'
import { useDocument } from '../document/document-store.ts'
import { subscribeToRun } from '../run/run-store.ts'
import { documentAnnouncement } from './document-announcement.ts'
import { runAnnouncement } from './run-announcement.ts'

/** Tells a screen reader what happens to the flow and in its run, one sentence at a time. */
export function Announcer() {
  const [said, setSaid] = useState('')

  useEffect(() => {
    function say(text: string | undefined): void {
      // The same sentence again is heard only when it differs.
      if (text !== undefined) setSaid((before) => (before === text ? `${text}\u00A0` : text))
    }
    const forgetDocument = useDocument.subscribe((after, before) =>
      say(documentAnnouncement(before, after)),
    )
    const forgetRun = subscribeToRun((after, before) => {
      if (after.status !== before.status) say(runAnnouncement(after))
    })
    return () => {
      forgetDocument()
      forgetRun()
    }
  }, [])

  return (
    <p className="visually-hidden" role="status" data-testid="announcer">
      {said}
    </p>
  )
}
