import { CircleAlert } from 'lucide-react'
import { explainError } from '../run/explain-error.ts'
import { useNodeError } from '../run/run-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import styles from './card-error.module.css'

export interface CardErrorProps {
  readonly nodeId: string
  /** The node's title. */
  readonly title: string
}

/** What a node failed with in the run, above its card; it leads to the full words in the panel. */
export function CardError({ nodeId, title }: CardErrorProps) {
  const error = useNodeError(nodeId)
  if (error === undefined || error.code === 'cancelled') return null
  return (
    <button
      type="button"
      className={`${styles.error} nodrag`}
      data-testid="node-error"
      title={error.message}
      aria-label={`${title}: ${explainError(error).title}. Show the error`}
      onClick={() => sessionCommands.focusNode(nodeId, error.property)}
    >
      <CircleAlert size={13} aria-hidden />
      <span>{explainError(error).title}</span>
    </button>
  )
}
