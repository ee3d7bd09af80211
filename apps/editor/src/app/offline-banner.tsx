import { CloudOff } from 'lucide-react'
import { useState } from 'react'
import { checkConnectivity, useConnectivity } from '../api/connectivity.ts'
import { Button } from '../ui/button.tsx'
import styles from './offline-banner.module.css'

/** Says that the server is gone, what that means, and when it is tried again. */
export function OfflineBanner() {
  const isOnline = useConnectivity((state) => state.isOnline)
  const [isTrying, setIsTrying] = useState(false)
  if (isOnline) return null

  async function tryNow(): Promise<void> {
    setIsTrying(true)
    await checkConnectivity()
    setIsTrying(false)
  }

  return (
    <div className={styles.banner} role="alert">
      <CloudOff size={16} aria-hidden />
      <p>
        <strong>The server does not answer.</strong> Go on editing: your work is kept in this
        browser and saved when it is back. Runs have to wait.
      </p>
      <Button size="small" isBusy={isTrying} onClick={() => void tryNow()}>
        Try now
      </Button>
    </div>
  )
}
