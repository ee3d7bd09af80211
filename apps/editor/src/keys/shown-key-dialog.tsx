import type { NewKey } from '../api/keys-api.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { TextField } from '../ui/text-field.tsx'
import styles from './new-key-dialog.module.css'

interface ShownKeyDialogProps {
  readonly made: NewKey
  readonly onClose: () => void
}

/** The one time that a key is shown: it closes by its button alone. */
export function ShownKeyDialog({ made: { name, key }, onClose }: ShownKeyDialogProps) {
  return (
    <Dialog
      isOpen
      isDismissible={false}
      onClose={onClose}
      title={`“${name}” is ready`}
      description="Copy the key now, to where the program reads it: it is not shown again. Whoever has it may do what it may, so it never belongs into a page or a repository."
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <Field label="API key" help="Programs send it as “Authorization: Bearer …”, or in x-api-key.">
        <div className={styles.shown}>
          <TextField
            value={key}
            isMono
            readOnly
            onChange={() => undefined}
            onFocus={(event) => event.target.select()}
          />
          <CopyButton label="Copy the API key" text={() => key} />
        </div>
      </Field>
    </Dialog>
  )
}
