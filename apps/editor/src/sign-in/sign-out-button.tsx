import { LogOut } from 'lucide-react'
import { useEffect, useState } from 'react'
import { basePath } from '../api/base-path.ts'
import { toApiError } from '../api/api-error.ts'
import { readSession, signOut } from '../api/session-api.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { toast } from '../ui/toast.ts'

/** Ends the session of this browser; not there on a server without a sign-in. */
export function SignOutButton() {
  const [hasPassword, setHasPassword] = useState(false)
  useEffect(() => {
    // Whoever cannot be asked is told of elsewhere.
    readSession().then(
      (session) => setHasPassword(session.hasPassword),
      () => undefined,
    )
  }, [])
  if (!hasPassword) return null

  async function leave(): Promise<void> {
    try {
      await signOut()
      location.assign(`${basePath}/`)
    } catch (thrown) {
      toast.error(toApiError(thrown).message)
    }
  }

  return (
    <IconButton label="Sign out" onClick={() => void leave()}>
      <LogOut size={16} aria-hidden />
    </IconButton>
  )
}
