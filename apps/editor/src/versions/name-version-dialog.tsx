import { useState, type FormEvent } from 'react'
import { toApiError } from '../api/api-error.ts'
import { nameRevision, type RevisionSummary } from '../api/revisions-api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { toast } from '../ui/toast.ts'

interface NameVersionDialogProps {
  readonly flowId: string
  readonly version: RevisionSummary
  readonly onClose: () => void
  readonly onNamed: (version: RevisionSummary) => void
}

/** Gives a version a name, which keeps it for ever, or takes it away. */
export function NameVersionDialog(props: NameVersionDialogProps) {
  const { flowId, version, onClose, onNamed } = props
  const [name, setName] = useState(version.name ?? '')
  const [isBusy, setIsBusy] = useState(false)

  async function save(next: string | undefined): Promise<void> {
    setIsBusy(true)
    try {
      onNamed(await nameRevision(flowId, version.revision, next))
      onClose()
    } catch (thrown) {
      toast.error(toApiError(thrown).message)
      setIsBusy(false)
    }
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    if (name.trim() !== '') void save(name.trim())
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title="Name this version"
      description="A version with a name is kept for ever. Of the others, the older the fewer are."
      footer={
        <>
          {version.name !== undefined && (
            <Button isBusy={isBusy} onClick={() => void save(undefined)}>
              Take the name away
            </Button>
          )}
          <Button
            variant="primary"
            type="submit"
            form="name-version"
            disabled={name.trim() === ''}
            isBusy={isBusy}
          >
            Keep it
          </Button>
        </>
      }
    >
      <form id="name-version" onSubmit={onSubmit}>
        <Field label="Name">
          <TextField value={name} onChange={setName} maxLength={80} placeholder="Before the demo" />
        </Field>
      </form>
    </Dialog>
  )
}
