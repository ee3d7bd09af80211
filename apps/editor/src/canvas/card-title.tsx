import { useSession } from '../session/session-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { canvasCommands } from './canvas-commands.ts'
import styles from './card-title.module.css'

export interface CardTitleProps {
  readonly nodeId: string
  readonly title: string
  readonly subtitle: string | undefined
}

/** The title of a card; a field while the node is being renamed. */
export function CardTitle({ nodeId, title, subtitle }: CardTitleProps) {
  const isRenaming = useSession(
    ({ renamingNodeId, workplace }) => renamingNodeId === nodeId && workplace === 'canvas',
  )
  return (
    <span className={styles.titles}>
      {isRenaming ? (
        <input
          className={`${styles.field} nodrag nopan`}
          aria-label="Title"
          defaultValue={title}
          maxLength={200}
          ref={focusAll}
          onBlur={(event) => canvasCommands.rename(nodeId, event.target.value.trim())}
          onKeyDown={(event) => {
            event.stopPropagation()
            if (event.key !== 'Enter' && event.key !== 'Escape') return
            if (event.key === 'Escape') event.currentTarget.value = title
            focusCard(event.currentTarget)
          }}
        />
      ) : (
        <span
          className={styles.title}
          dir="auto"
          title={title}
          onDoubleClick={(event) => {
            event.stopPropagation()
            sessionCommands.rename(nodeId)
          }}
        >
          {title}
        </span>
      )}
      {subtitle !== undefined && (
        <span className={styles.subtitle} title={subtitle}>
          {subtitle}
        </span>
      )}
    </span>
  )
}

/** The focus goes back to the card, which ends the renaming. */
function focusCard(field: HTMLInputElement): void {
  field.closest<HTMLElement>('.react-flow__node')?.focus({ preventScroll: true })
}

function focusAll(field: HTMLInputElement | null): void {
  field?.focus({ preventScroll: true })
  field?.select()
}
