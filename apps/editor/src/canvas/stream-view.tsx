import type { ErrorShape } from '@millrace/flow'
import { Maximize2 } from 'lucide-react'
import { useNodeRun } from '../run/run-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import styles from './run-marks.module.css'
import { cutAt } from './stream-cut.ts'

/** The end of the text that a node streams: three whole lines, in a place of fixed height. */
export function StreamView({ nodeId, title }: { readonly nodeId: string; readonly title: string }) {
  const run = useNodeRun(nodeId)
  const text = run?.text ?? ''
  if (run?.status === 'failed' && run.error !== undefined && text === '') {
    return <FailedView nodeId={nodeId} title={title} error={run.error} />
  }
  const isRunning = run?.status === 'running'
  return (
    <div
      className={`${styles.stream} nodrag`}
      data-testid="node-stream"
      data-empty={text === '' || undefined}
    >
      <div className={styles.lines}>
        <span>
          {text === '' ? placeholder(run?.status) : text.slice(cutAt(text.length))}
          {isRunning && <i className={styles.caret} aria-hidden />}
        </span>
      </div>
      {text !== '' && (
        <button
          type="button"
          className={styles.open}
          aria-label={`${title}: open the streamed text`}
          onClick={() => sessionCommands.open({ kind: 'stream', nodeId })}
        >
          <Maximize2 size={11} aria-hidden />
          open
        </button>
      )}
    </div>
  )
}

interface FailedViewProps {
  readonly nodeId: string
  readonly title: string
  readonly error: ErrorShape
}

/** In the place of a text that never came: why it did not. */
function FailedView({ nodeId, title, error }: FailedViewProps) {
  return (
    <div className={`${styles.stream} nodrag`} data-failed>
      <p className={styles.message} title={error.message}>
        {error.message}
      </p>
      <button
        type="button"
        className={styles.open}
        aria-label={`${title}: show the whole error`}
        onClick={() => sessionCommands.focusNode(nodeId, error.property)}
      >
        <Maximize2 size={11} aria-hidden />
        show
      </button>
    </div>
  )
}

function placeholder(status: string | undefined): string {
  if (status === 'running') return 'Waiting for the first message…'
  if (status === undefined) return 'The answer streams here'
  return 'No text was streamed'
}
