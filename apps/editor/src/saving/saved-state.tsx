import { CircleAlert, CloudOff, GitCompareArrows, Trash2 } from 'lucide-react'
import type { ApiErrorCode } from '../api/api-error.ts'
import { selectIsDirty, useDocument } from '../document/document-store.ts'
import { Spinner } from '../ui/spinner.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import type { SaveStatus } from './create-saver.ts'
import styles from './saved-state.module.css'
import { saveNow, useSaveStatus } from './saving.ts'

interface Words {
  readonly tone: 'ok' | 'quiet' | 'warning' | 'error'
  readonly label: string
  readonly hint: string
}

/** Says whether the flow is saved; a click saves it now. */
export function SavedState() {
  const isDirty = useDocument(selectIsDirty)
  const status = useSaveStatus()
  const words = wordsOf(status, isDirty)
  return (
    <Tooltip label={words.hint} shortcut="Ctrl+S">
      <button
        type="button"
        className={styles.state}
        aria-label={words.label}
        data-tone={words.tone}
        onClick={() => void saveNow()}
      >
        <Picture status={status} isDirty={isDirty} />
        <span role="status" className={styles.label}>
          {words.label}
        </span>
      </button>
    </Tooltip>
  )
}

function Picture({ status, isDirty }: { readonly status: SaveStatus; readonly isDirty: boolean }) {
  switch (status.kind) {
    case 'saving':
      return <Spinner size={14} />
    case 'offline':
      return <CloudOff size={14} aria-hidden />
    case 'conflict':
      return <GitCompareArrows size={14} aria-hidden />
    case 'deleted':
      return <Trash2 size={14} aria-hidden />
    case 'refused':
      return <CircleAlert size={14} aria-hidden />
    case 'rested':
      return <i className={isDirty ? styles.ring : styles.dot} aria-hidden />
  }
}

function wordsOf(status: SaveStatus, isDirty: boolean): Words {
  switch (status.kind) {
    case 'saving':
      return { tone: 'quiet', label: 'Saving…', hint: 'Your changes are on their way' }
    case 'offline':
      return {
        tone: 'warning',
        label: 'Offline – retrying',
        hint: 'Kept in this browser, and saved when the server is back. Try now',
      }
    case 'conflict':
      return {
        tone: 'error',
        label: 'Conflict',
        hint: 'Someone else saved this flow: choose which version stays',
      }
    case 'deleted':
      return {
        tone: 'error',
        label: 'Deleted elsewhere',
        hint: 'This flow is no longer on the server',
      }
    case 'refused':
      return {
        tone: 'error',
        label: refusedLabel(status.error.code),
        hint: status.error.message,
      }
    case 'rested':
      return isDirty
        ? { tone: 'quiet', label: 'Unsaved changes', hint: 'Saved when you pause. Save now' }
        : { tone: 'ok', label: 'Saved', hint: 'Everything is on the server' }
  }
}

function refusedLabel(code: ApiErrorCode): string {
  switch (code) {
    case 'limit_exceeded':
      return 'Too large'
    case 'unauthorized':
      return 'Signed out'
    default:
      return 'Not saved'
  }
}
