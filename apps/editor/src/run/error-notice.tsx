import type { Flow } from '@millrace/flow'
import { Crosshair, ListChecks, Pencil, RotateCcw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useConnections } from '../connections/connection-store.ts'
import { RunAgainButton } from '../again/run-again-button.tsx'
import { LazyConnectionDialog } from '../connections/lazy-connection-dialog.tsx'
import { useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import styles from './error-notice.module.css'
import { explainError, type RunError } from './explain-error.ts'

export interface ErrorNoticeProps {
  readonly error: RunError
  /** How the run is tried again, where that can be done from here. */
  readonly retry?: Retry
  /** It stands at its node already. */
  readonly isAtNode?: boolean
  /** A *Try* caught it, and the run went on. */
  readonly isCaught?: boolean
}

interface Retry {
  /** When the error happened, by the clock of this computer; what is to be waited for counts from then. */
  readonly since: number
  readonly start: () => void
}

/** An error in full: what it is, what happened and what to do, and a button that does it. */
export function ErrorNotice(props: ErrorNoticeProps) {
  const { error, retry, isAtNode = false, isCaught = false } = props
  const { title, action } = explainError(error)
  const { nodeId, property } = error
  return (
    <div
      className={styles.notice}
      role={isAtNode ? 'note' : 'alert'}
      data-caught={isCaught || undefined}
    >
      <div className={styles.head}>
        <strong>{title}</strong>
        <CopyButton label="Copy error" text={() => `${title}\n${error.message}`} />
      </div>
      <p>{error.message}</p>
      {isCaught && (
        <p className={styles.caught}>A Try around the node caught it, and the run went on.</p>
      )}
      <div className={styles.actions}>
        {action.kind === 'retry' && retry !== undefined && (
          <RetryButton
            availableAt={retry.since + action.afterSeconds * 1000}
            onRetry={retry.start}
          />
        )}
        {nodeId !== undefined && <RunAgainButton nodeId={nodeId} />}
        {action.kind === 'connection' && <EditConnection nodeId={action.nodeId} />}
        {action.kind === 'problems' && (
          <Button
            size="small"
            icon={<ListChecks size={14} aria-hidden />}
            onClick={() => sessionCommands.openBottomPanel('problems')}
          >
            Show problems
          </Button>
        )}
        {nodeId !== undefined && !isAtNode && (
          <Button
            size="small"
            icon={<Crosshair size={14} aria-hidden />}
            onClick={() => sessionCommands.focusNode(nodeId, property)}
          >
            Show node
          </Button>
        )}
      </div>
    </div>
  )
}

interface RetryButtonProps {
  readonly availableAt: number
  readonly onRetry: () => void
}

/** Waits as long as the provider asks for, and says how long that is. */
function RetryButton({ availableAt, onRetry }: RetryButtonProps) {
  const left = useSecondsUntil(availableAt)
  return (
    <Button
      size="small"
      icon={<RotateCcw size={14} aria-hidden />}
      disabled={left > 0}
      onClick={onRetry}
    >
      {left > 0 ? `Try again in ${left} s` : 'Try again'}
    </Button>
  )
}

function useSecondsUntil(time: number): number {
  const [now, setNow] = useState(Date.now)
  const left = Math.max(0, Math.ceil((time - now) / 1000))
  useEffect(() => {
    if (left === 0) return undefined
    const timer = setTimeout(() => setNow(Date.now()), 250)
    return () => clearTimeout(timer)
  }, [left, now])
  return left
}

/** Opens the dialog of the connection that the node uses; none for one that cannot be edited here. */
function EditConnection({ nodeId }: { readonly nodeId: string }) {
  const id = useDocument(({ flow }) => connectionOf(flow, nodeId))
  const connection = useConnections(({ connections }) =>
    connections.find((known) => known.id === id && !known.isBuiltIn),
  )
  const [isOpen, setOpen] = useState(false)
  if (connection === undefined) return null
  return (
    <>
      <Button
        size="small"
        icon={<Pencil size={14} aria-hidden />}
        title={connection.name}
        onClick={() => setOpen(true)}
      >
        Edit connection
      </Button>
      {isOpen && <LazyConnectionDialog connection={connection} onClose={() => setOpen(false)} />}
    </>
  )
}

function connectionOf(flow: Flow, nodeId: string): unknown {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const properties = registry.nodes.get(node?.type ?? '')?.properties ?? {}
  const key = Object.keys(properties).find((name) => properties[name]?.kind === 'connection')
  return key === undefined ? undefined : node?.properties?.[key]
}
