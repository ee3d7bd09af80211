import { useId, useState, type FormEvent } from 'react'
import { toast } from 'sonner'
import { toApiError } from '../api/api-error.ts'
import { designerPath, navigate } from '../app/router.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { createWithFreeId } from './create-with-free-id.ts'
import { FlowThumbnail } from './flow-thumbnail.tsx'
import styles from './new-flow-dialog.module.css'
import { templates, type FlowTemplate } from './templates.ts'

/** Asks what a new flow starts from and how it is called, makes it, and opens it. */
export function NewFlowDialog({ onClose }: { readonly onClose: () => void }) {
  const formId = useId()
  const [template, setTemplate] = useState<FlowTemplate | undefined>(templates[0])
  const [name, setName] = useState('')
  const [isBusy, setIsBusy] = useState(false)

  async function create(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (template === undefined) return
    setIsBusy(true)
    try {
      const wanted = name.trim() || template.name
      const flow = await createWithFreeId(template.create('new', wanted, location.origin))
      navigate(designerPath(flow.id))
    } catch (thrown) {
      toast.error(toApiError(thrown).message)
      setIsBusy(false)
    }
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="New flow"
      size="large"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            Create
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.form} onSubmit={(event) => void create(event)}>
        <fieldset className={styles.templates}>
          <legend className="visually-hidden">Start from</legend>
          {templates.map((choice) => (
            <label key={choice.id} className={styles.template}>
              <input
                type="radio"
                name="template"
                className="visually-hidden"
                checked={template === choice}
                onChange={() => setTemplate(choice)}
              />
              <span className={styles.picture}>
                <FlowThumbnail flow={choice.create('sample', choice.name, location.origin)} />
              </span>
              <strong>{choice.title}</strong>
              <span>{choice.description}</span>
            </label>
          ))}
        </fieldset>
        <Field label="Name">
          <TextField value={name} maxLength={120} placeholder={template?.name} onChange={setName} />
        </Field>
      </form>
    </Dialog>
  )
}
