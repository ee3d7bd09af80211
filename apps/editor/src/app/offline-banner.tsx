import { CloudOff } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { checkConnectivity, useConnectivity } from '../api/connectivity.ts'
import { Button } from '../ui/button.tsx'
import styles from './offline-banner.module.css'

/** Says that the server is gone and what that means; it is tried again until it answers. */
export function OfflineBanner({ children }: { readonly children: ReactNode }) {
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
        <strong>The server does not answer.</strong> {children}
      </p>
      <Button size="small" isBusy={isTrying} onClick={() => void tryNow()}>
        Try now
      </Button>
    </div>
  )
}
