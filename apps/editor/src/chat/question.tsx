import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { selectIsRunning, useRun } from '../run/run-store.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { chatCommands, type Turn } from './chat-store.ts'
import styles from './question.module.css'

/** What was asked. It can be asked in other words, which drops what came after it. */
export function Question({ turn }: { readonly turn: Turn }) {
  const isRunning = useRun(selectIsRunning)
  const [draft, setDraft] = useState<string>()
  if (draft !== undefined && !isRunning) {
    return (
      <QuestionEditor
        draft={draft}
        onChange={setDraft}
        onCancel={() => setDraft(undefined)}
        onSend={(prompt) => chatCommands.resend(turn.id, prompt)}
      />
    )
  }
  return (
    <div className={styles.row}>
      {!isRunning && (
        <span className={styles.edit}>
          <IconButton
            label="Edit and resend"
            tooltipSide="left"
            onClick={() => setDraft(turn.prompt)}
          >
            <Pencil size={14} aria-hidden />
          </IconButton>
        </span>
      )}
      <div className={styles.question}>
        <span className="visually-hidden">You: </span>
        {turn.prompt}
      </div>
    </div>
  )
}

interface QuestionEditorProps {
  readonly draft: string
  readonly onChange: (draft: string) => void
  readonly onCancel: () => void
  readonly onSend: (prompt: string) => void
}

function QuestionEditor({ draft, onChange, onCancel, onSend }: QuestionEditorProps) {
  const prompt = draft.trim()
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault()
        if (prompt !== '') onSend(prompt)
      }}
    >
      <textarea
        aria-label="Edited message"
        // It is here because somebody asked to edit it.
        autoFocus
        rows={1}
        value={draft}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation()
            onCancel()
          }
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          event.currentTarget.form?.requestSubmit()
        }}
      />
      <div className={styles.buttons}>
        <Button size="small" variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="small" variant="primary" type="submit" disabled={prompt === ''}>
          Send
        </Button>
      </div>
    </form>
  )
}
