import { useState } from 'react'
import { toApiError } from '../api/api-error.ts'
import { deleteVariable, type Variable, type VariableUse } from '../api/variables-api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { toast } from '../ui/toast.ts'
import { deletionWords } from './use-words.ts'

interface DeleteVariableDialogProps {
  readonly variable: Variable
  readonly uses: readonly VariableUse[]
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Asks before a variable is deleted, and says which connections use it. */
export function DeleteVariableDialog({
  variable,
  uses,
  onClose,
  onDone,
}: DeleteVariableDialogProps) {
  const [isBusy, setIsBusy] = useState(false)

  async function remove(): Promise<void> {
    setIsBusy(true)
    try {
      await deleteVariable(variable.name)
      toast.success(`“${variable.name}” is deleted.`)
      onDone()
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
      title={`Delete “${variable.name}”?`}
      description={deletionWords(uses)}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" isBusy={isBusy} onClick={() => void remove()}>
            Delete
          </Button>
        </>
      }
    />
  )
}
