import { useState } from 'react'
import { toApiError } from '../api/api-error.ts'
import { deleteVariable, type Variable } from '../api/variables-api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { toast } from '../ui/toast.ts'

interface DeleteVariableDialogProps {
  readonly variable: Variable
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Asks before a variable is deleted, since connections may use it. */
export function DeleteVariableDialog({ variable, onClose, onDone }: DeleteVariableDialogProps) {
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
      description={`Connections that hold \${${variable.name}} cannot be used until it has a value again. Its values are deleted with it.`}
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
