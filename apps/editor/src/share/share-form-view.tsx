import { useId, useState, type FormEvent } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { savePublicAccess, type PublicAccess, type PublicMode } from '../api/public-access-api.ts'
import { usePublications } from '../publish/publications-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { TextArea } from '../ui/text-field.tsx'
import { toast } from '../ui/toast.ts'
import { ShareAddresses } from './share-addresses.tsx'
import styles from './share-dialog.module.css'
import { ShareLimits } from './share-limits.tsx'
import { readShareForm, shareFormOf, type ShareErrors, type ShareForm } from './share-form.ts'
import { SigningSecret } from './signing-secret.tsx'

interface ShareFormViewProps {
  readonly flowId: string
  readonly title: string
  /** As it is now; the form begins with it. */
  readonly access: PublicAccess
  readonly readAgain: () => void
}

/** The form of the public access of a flow, and what is shared once it is open. */
export function ShareFormView({ flowId, title, access, readAgain }: ShareFormViewProps) {
  const formId = useId()
  const [stored, setStored] = useState(access)
  const [form, setForm] = useState(() => shareFormOf(access.settings))
  const [errors, setErrors] = useState<ShareErrors>({})
  const [failure, setFailure] = useState<ApiError>()
  const [isSaving, setSaving] = useState(false)

  function change(changed: Partial<ShareForm>): void {
    setForm({ ...form, ...changed })
    setErrors({})
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const read = readShareForm(form)
    if ('errors' in read) return setErrors(read.errors)
    setSaving(true)
    try {
      const saved = await savePublicAccess(flowId, read.settings, stored.revision)
      setStored(saved)
      setForm(shareFormOf(saved.settings))
      setFailure(undefined)
      toast.success(saidOf(saved.settings.mode))
    } catch (thrown) {
      setFailure(toApiError(thrown))
    }
    setSaving(false)
  }

  return (
    <Dialog
      isOpen
      size="large"
      onClose={sessionCommands.close}
      title={title}
      description="A chat page of this server, and a widget for pages of yours. No API key stands in either."
      footer={
        <>
          <Button onClick={sessionCommands.close}>Close</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isSaving}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        {failure !== undefined && (
          <div className={styles.failure} role="alert">
            <p>{failure.message}</p>
            {failure.code === 'conflict' && (
              <Button size="small" onClick={readAgain}>
                Read it again
              </Button>
            )}
          </div>
        )}
        <Choice
          label="Who may chat"
          value={form.mode}
          options={modes}
          onChange={(mode) => change({ mode })}
        />
        <p className={styles.hint}>{hints[form.mode]}</p>
        {form.mode !== 'off' && (
          <>
            <Field
              label="Pages that may show the chat"
              help="One origin a line, such as https://www.example.com. The widget works there, and the chat page may be framed. The page on this server needs no line."
              error={errors.origins}
            >
              <TextArea
                rows={2}
                isMono
                spellCheck={false}
                value={form.origins}
                placeholder="https://www.example.com"
                onChange={(origins) => change({ origins })}
              />
            </Field>
            <ShareLimits form={form} errors={errors} onChange={change} />
          </>
        )}
        {form.mode === 'signed' && (
          <SigningSecret flowId={flowId} hasSecret={stored.hasSecret} onChanged={setStored} />
        )}
      </form>
      {stored.settings.mode !== 'off' && <PublishedHint />}
      <ShareAddresses flowId={flowId} mode={stored.settings.mode} />
    </Dialog>
  )
}

/** Visitors meet what is published, which may be nothing. */
function PublishedHint() {
  const publications = usePublications()
  if (publications.status !== 'ready') return null
  if (publications.published.some(({ environment }) => environment === 'production')) return null
  return (
    <div className={styles.warning}>
      <p>Nothing is published to production, so visitors are told that the chat is not open yet.</p>
      <Button size="small" onClick={() => sessionCommands.open({ kind: 'publish' })}>
        Publish…
      </Button>
    </div>
  )
}

const modes: readonly { readonly value: PublicMode; readonly label: string }[] = [
  { value: 'off', label: 'Nobody' },
  { value: 'anonymous', label: 'Anybody' },
  { value: 'signed', label: 'Your users' },
]

const hints: Readonly<Record<PublicMode, string>> = {
  off: 'Only programs with an API key, and you. You can try the chat page all the same.',
  anonymous: 'Whoever opens the chat page, or a page with the widget, within the limits below.',
  signed:
    'Those for whom your own back end signs. The flow knows the user as chatCompletionRequest.user.',
}

function saidOf(mode: PublicMode): string {
  return mode === 'off' ? 'The chat is closed to visitors' : 'The chat is open to visitors'
}
