import { Pencil } from 'lucide-react'
import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react'
import styles from './question.module.css'
import { ToolButton } from './tool-button.tsx'

export interface QuestionProps {
  readonly prompt: string
  readonly onResend: (prompt: string) => void
}

/** What was asked. It can be asked in other words, from which on the conversation goes another way. */
export function Question({ prompt, onResend }: QuestionProps) {
  const [draft, setDraft] = useState<string>()
  const editButton = useRef<HTMLButtonElement>(null)

  function cancel(): void {
    setDraft(undefined)
    // It comes back with the next drawing.
    requestAnimationFrame(() => editButton.current?.focus())
  }

  if (draft !== undefined) {
    return <Editor draft={draft} onChange={setDraft} onCancel={cancel} onSend={onResend} />
  }
  return (
    <div className={styles.row}>
      <ToolButton
        ref={editButton}
        label="Edit and resend"
        className={styles.edit}
        onClick={() => setDraft(prompt)}
      >
        <Pencil size={14} aria-hidden />
      </ToolButton>
      <div className={styles.question}>
        <span className="visually-hidden">You: </span>
        {prompt}
      </div>
    </div>
  )
}

interface EditorProps {
  readonly draft: string
  readonly onChange: (draft: string) => void
  readonly onCancel: () => void
  readonly onSend: (prompt: string) => void
}

function Editor({ draft, onChange, onCancel, onSend }: EditorProps) {
  const prompt = draft.trim()

  function send(event: FormEvent): void {
    event.preventDefault()
    if (prompt !== '') onSend(prompt)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation()
      onCancel()
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event)
  }

  return (
    <form className={styles.editor} onSubmit={send}>
      <textarea
        aria-label="Edited message"
        // It is here because somebody asked to edit it.
        autoFocus
        rows={1}
        maxLength={32_000}
        value={draft}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.buttons}>
        <button type="button" className={styles.cancel} onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className={styles.resend} disabled={prompt === ''}>
          Send again
        </button>
      </div>
    </form>
  )
}
