import { useState } from 'react'
import { toApiError } from '../api/api-error.ts'
import type { ApiKey } from '../api/keys-api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { toast } from '../ui/toast.ts'
import { keyCommands } from './key-list.ts'

interface RevokeKeyDialogProps {
  readonly apiKey: ApiKey
  readonly onClose: () => void
}

/** Asks before a key is revoked. */
export function RevokeKeyDialog({ apiKey: { id, name }, onClose }: RevokeKeyDialogProps) {
  const [isBusy, setIsBusy] = useState(false)

  async function revoke(): Promise<void> {
    setIsBusy(true)
    try {
      await keyCommands.revoke(id)
      toast.success(`“${name}” is revoked.`)
      onClose()
    } catch (thrown) {
      toast.error(toApiError(thrown).message)
      setIsBusy(false)
    }
  }

  return (
    <Dialog
      isOpen
      size="small"
      onClose={onClose}
      title={`Revoke “${name}”?`}
      description="Whoever uses it is refused from now on, and hears why. Runs that it started go on. This cannot be undone."
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" isBusy={isBusy} onClick={() => void revoke()}>
            Revoke
          </Button>
        </>
      }
    />
  )
}
