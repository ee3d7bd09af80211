import styles from './runs-page.module.css'
import { retentionText, useRetention } from './use-retention.ts'
import { WhatIsStored } from './what-is-stored.tsx'

/** What this server keeps, in a line, and the way to all of it. */
export function StoredLine() {
  const retention = useRetention()
  return (
    <p className={styles.stored}>
      {retention === undefined ? '' : `This server keeps ${retentionText(retention)}. `}
      Each run holds what was asked and answered; more, if its flow says so. <WhatIsStored />
    </p>
  )
}
