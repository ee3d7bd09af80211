import type { Flow, Problem } from '@millrace/flow'
import { CircleAlert, TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import type { ApiError } from '../api/api-error.ts'
import type { PublishedEnvironment } from '../api/environments.ts'
import { useConnections } from '../connections/connection-store.ts'
import { leadTo } from '../problems/lead-to.ts'
import { registry } from '../registry.ts'
import { sessionCommands } from '../session/session-store.ts'
import styles from './publish-dialog.module.css'
import { publishWarnings } from './publish-warnings.ts'
import { useFlowsIn } from './use-flows-in.ts'

interface PublishFindingsProps {
  /** What keeps the open flow from running. */
  readonly errors: readonly Problem[]
  /** Why the server refused. */
  readonly refusal: ApiError | undefined
  /** What is to be published, once it is known. */
  readonly flow: Flow | undefined
  readonly environment: PublishedEnvironment
}

/** What keeps a flow from being published, and what should be known before; a click leads there. */
export function PublishFindings({ errors, refusal, flow, environment }: PublishFindingsProps) {
  const list = useConnections((state) => state.connections)
  const published = useFlowsIn(environment)
  const warnings = useMemo(() => {
    const connections = new Map(list.map(({ id, kind }) => [id, { kind }]))
    return flow === undefined
      ? []
      : publishWarnings(flow, { registry, connections, published, environment })
  }, [flow, list, published, environment])
  const stopping = refusal === undefined ? errors : refusal.problems.filter(isError)
  if (stopping.length + warnings.length === 0 && refusal === undefined) return null
  return (
    <section className={styles.part} aria-label="Before you publish">
      {refusal !== undefined && stopping.length === 0 && (
        <p className={styles.refusal} role="alert">
          {refusal.message}
        </p>
      )}
      {stopping.length > 0 && (
        <p role={refusal === undefined ? undefined : 'alert'} className={styles.hint}>
          It cannot run yet, so it cannot be published:
        </p>
      )}
      <ul className={styles.findings}>
        {stopping.map((problem, index) => (
          <li key={`${problem.code} ${index}`}>
            <Finding severity="error" message={problem.message} onGo={() => leadTo(problem)} />
          </li>
        ))}
        {warnings.map(({ message, nodeId }) => (
          <li key={message}>
            <Finding
              severity="warning"
              message={message}
              onGo={() => sessionCommands.focusNode(nodeId)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface FindingProps {
  readonly severity: Problem['severity']
  readonly message: string
  readonly onGo: () => void
}

function Finding({ severity, message, onGo }: FindingProps) {
  return (
    <button
      type="button"
      className={styles.finding}
      data-severity={severity}
      onClick={() => {
        sessionCommands.close()
        onGo()
      }}
    >
      {severity === 'error' ? (
        <CircleAlert size={14} aria-hidden />
      ) : (
        <TriangleAlert size={14} aria-hidden />
      )}
      <span className="visually-hidden">{severity === 'error' ? 'Error: ' : 'Warning: '}</span>
      <span>{message}</span>
    </button>
  )
}

function isError({ severity }: Problem): boolean {
  return severity === 'error'
}
