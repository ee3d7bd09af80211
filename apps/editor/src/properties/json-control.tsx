import type { JsonValue } from '@millrace/flow'
import { useId, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextArea } from '../ui/text-field.tsx'
import styles from './json-control.module.css'
import { SummaryControl } from './summary-control.tsx'

export interface JsonControlProps {
  readonly value: JsonValue | undefined
  readonly onChange: (value: JsonValue | undefined) => void
  readonly labelId: string
  readonly describedBy?: string | undefined
  readonly isInvalid?: boolean
  readonly placeholder?: string
  /** What the dialog is called. */
  readonly title: string
  /** Put into an empty dialog, to be changed. */
  readonly example?: JsonValue | undefined
}

/** A JSON value: one line that opens an editor. */
export function JsonControl(props: JsonControlProps) {
  const { value } = props
  return (
    <SummaryControl
      labelId={props.labelId}
      describedBy={props.describedBy}
      isInvalid={props.isInvalid ?? false}
      summary={value === undefined ? undefined : <code>{JSON.stringify(value)}</code>}
      placeholder={props.placeholder ?? ''}
      editLabel="Edit JSON"
      dialog={(close) => (
        <JsonDialog
          title={props.title}
          value={value ?? props.example}
          onAccept={(accepted) => {
            props.onChange(accepted)
            close()
          }}
          onClose={close}
        />
      )}
    />
  )
}

interface JsonDialogProps {
  readonly title: string
  readonly value: JsonValue | undefined
  readonly onAccept: (value: JsonValue | undefined) => void
  readonly onClose: () => void
}

/** Edits a JSON value as text. */
export function JsonDialog({ title, value, onAccept, onClose }: JsonDialogProps) {
  const [draft, setDraft] = useState(() =>
    value === undefined ? '' : JSON.stringify(value, null, 2),
  )
  const problemId = useId()
  const read = readJson(draft)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="large"
      title={title}
      footer={
        <>
          <Button
            variant="quiet"
            disabled={'problem' in read || read.value === undefined}
            onClick={() => 'value' in read && setDraft(JSON.stringify(read.value, null, 2))}
          >
            Format
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={'problem' in read}
            onClick={() => 'value' in read && onAccept(read.value)}
          >
            OK
          </Button>
        </>
      }
    >
      <TextArea
        isMono
        rows={14}
        spellCheck={false}
        aria-label={title}
        aria-describedby={problemId}
        aria-invalid={'problem' in read}
        value={draft}
        onChange={setDraft}
      />
      <p id={problemId} className={styles.problem} aria-live="polite">
        {'problem' in read ? read.problem : ''}
      </p>
    </Dialog>
  )
}

/** Reads JSON text; blank text is no value. */
export function readJson(
  text: string,
): { readonly value: JsonValue | undefined } | { readonly problem: string } {
  if (text.trim() === '') return { value: undefined }
  try {
    return { value: JSON.parse(text) as JsonValue } // what JSON.parse answers is JSON
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read'
    return { problem: `This is no JSON yet: ${reason}` }
  }
}
