import { useState } from 'react'
import { toApiError } from '../api/api-error.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { toast } from '../ui/toast.ts'
import { priceCommands } from './price-store.ts'

interface ResetPricesDialogProps {
  readonly revision: string | undefined
  readonly onClose: () => void
  readonly onReset: () => void
}

/** Asks before an operator's own prices give way to those that came with the server. */
export function ResetPricesDialog({ revision, onClose, onReset }: ResetPricesDialogProps) {
  const [isBusy, setIsBusy] = useState(false)

  async function reset(): Promise<void> {
    setIsBusy(true)
    try {
      await priceCommands.reset(revision)
      toast.success('The shipped prices are in force.')
      onReset()
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
      title="Reset to the shipped prices?"
      description="Your own prices are deleted. Costs of all runs, also of earlier ones, are then told by those that came with Millrace."
      footer={
        <>
          <Button onClick={onClose}>Keep mine</Button>
          <Button variant="danger" isBusy={isBusy} onClick={() => void reset()}>
            Reset
          </Button>
        </>
      }
    />
  )
}
