import { canvasCommands } from '../canvas/canvas-commands.ts'
import { sessionCommands } from '../session/session-store.ts'
import styles from './outline-row.module.css'

export interface RenameFieldProps {
  readonly nodeId: string
  readonly title: string
}

/** The title of a line while its node is being renamed; the tree has the focus again after it. */
export function RenameField({ nodeId, title }: RenameFieldProps) {
  return (
    <input
      className={styles.field}
      aria-label="Title"
      defaultValue={title}
      maxLength={200}
      ref={focusAll}
      onBlur={(event) => canvasCommands.rename(nodeId, event.target.value.trim())}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') event.currentTarget.value = title
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        event.preventDefault()
        event.currentTarget.closest<HTMLElement>('[role="tree"]')?.focus()
        sessionCommands.rename(undefined)
      }}
    />
  )
}

function focusAll(field: HTMLInputElement | null): void {
  field?.focus({ preventScroll: true })
  field?.select()
}
