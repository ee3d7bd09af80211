import { ArrowRightFromLine, CircleAlert, ShieldCheck } from 'lucide-react'
import { runFromHere, selectWhyNotRunFrom } from '../again/run-from.ts'
import { explainError } from '../run/explain-error.ts'
import { useNodeError, useNodeStatus, useRun } from '../run/run-store.ts'
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
  const isCaught = useNodeStatus(nodeId) === 'caught'
  const canRunAgain = useRun(selectWhyNotRunFrom) === undefined
  if (error === undefined || error.code === 'cancelled') return null
  // The nodes around it failed by it: their pill says so, the words stand where it happened.
  if (error.nodeId !== undefined && error.nodeId !== nodeId) return null
  const what = `${isCaught ? 'Caught: ' : ''}${explainError(error).title}`
  return (
    <div className={`${styles.row} nodrag`} data-caught={isCaught || undefined}>
      <button
        type="button"
        className={styles.error}
        title={error.message}
        onClick={() => sessionCommands.focusNode(nodeId, error.property)}
      >
        {isCaught ? <ShieldCheck size={13} aria-hidden /> : <CircleAlert size={13} aria-hidden />}
        <span className="visually-hidden">{title}: </span>
        <span data-testid="node-error">{what}</span>
        <b>Show</b>
      </button>
      {!isCaught && canRunAgain && (
        <button
          type="button"
          className={styles.again}
          aria-label={`${title}: run again from here`}
          title="Run again from here: what came before it is taken from this run"
          onClick={() => runFromHere(nodeId)}
        >
          <ArrowRightFromLine size={13} aria-hidden />
        </button>
      )}
    </div>
  )
}
