import type { JsonValue } from '@millrace/flow'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/text-field.tsx'
import { DraftDialog } from './draft-dialog.tsx'
import styles from './json-control.module.css'
import { readJson } from './read-json.ts'
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
          placeholder={props.placeholder ?? ''}
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
  /** Shown while it is empty. */
  readonly placeholder?: string
  /** Why the value cannot be taken, as a sentence; not asked of one that is no JSON. */
  readonly whyNot?: (value: JsonValue | undefined) => string | undefined
  readonly onAccept: (value: JsonValue | undefined) => void
  readonly onClose: () => void
}

/** Edits a JSON value as text. */
export function JsonDialog(props: JsonDialogProps) {
  const { title, value, onAccept, onClose } = props
  const [start] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)))
  const [draft, setDraft] = useState(start)
  const read = readJson(draft)
  const refusal = 'problem' in read ? read.problem : props.whyNot?.(read.value)
  return (
    <DraftDialog
      title={title}
      size="large"
      isChanged={draft !== start}
      refusal={refusal}
      note={
        <Button
          size="small"
          variant="quiet"
          disabled={'problem' in read || read.value === undefined}
          onClick={() => 'value' in read && setDraft(JSON.stringify(read.value, null, 2))}
        >
          Format
        </Button>
      }
      onAccept={() => 'value' in read && onAccept(read.value)}
      onClose={onClose}
    >
      <TextArea
        isMono
        rows={14}
        className={styles.text}
        spellCheck={false}
        aria-label={title}
        aria-invalid={refusal !== undefined}
        placeholder={props.placeholder}
        value={draft}
        onChange={setDraft}
      />
    </DraftDialog>
  )
}
