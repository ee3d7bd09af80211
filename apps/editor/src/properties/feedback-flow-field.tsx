import { SquareArrowOutUpRight } from 'lucide-react'
import { useEffect } from 'react'
import { Link } from '../app/link.tsx'
import { designerPath } from '../app/router.ts'
import { flowListCommands, useFlowList } from '../flows/flow-list.ts'
import { Select } from '../ui/select.tsx'
import styles from './flow-control.module.css'

interface FeedbackFlowFieldProps {
  readonly flowId: string | undefined
  readonly onChange: (flowId: string | undefined) => void
}

/** Chooses the flow that gets what users think of the answers: of those that take feedback. */
export function FeedbackFlowField({ flowId, onChange }: FeedbackFlowFieldProps) {
  const { status, flows } = useFlowList()
  useEffect(() => void flowListCommands.load(), [])
  const takers = flows.filter(({ nodeTypes }) => nodeTypes.includes('chat.feedbackTrigger'))
  const isKnown = takers.some(({ id }) => id === flowId)
  const isLost = flowId !== undefined && status === 'ready' && !isKnown
  const lost = flowId === undefined || isKnown ? [] : [{ value: flowId, label: flowId }]
  return (
    <div className={styles.whole}>
      <Select
        value={flowId ?? none}
        isInvalid={isLost}
        options={[
          { value: none, label: 'No feedback' },
          ...takers.map(({ id, name }) => ({ value: id, label: name, hint: id })),
          ...lost,
        ]}
        onChange={(chosen) => onChange(chosen === none ? undefined : chosen)}
      />
      {isLost && (
        <p className={styles.wrong} role="status">
          No flow “{flowId}” on this server starts with a Chat feedback trigger. Choose another.
        </p>
      )}
      {status === 'failed' && (
        <p className={styles.wrong} role="alert">
          The flows could not be read.{' '}
          <button type="button" onClick={() => void flowListCommands.load()}>
            Try again
          </button>
        </p>
      )}
      {status === 'ready' && takers.length === 0 && flowId === undefined && (
        <p className={styles.note}>
          No flow takes feedback yet. Make one that starts with a Chat feedback trigger.
        </p>
      )}
      {isKnown && flowId !== undefined && (
        <Link href={designerPath(flowId)} className={styles.open}>
          <SquareArrowOutUpRight size={13} aria-hidden /> Open flow
        </Link>
      )}
    </div>
  )
}

/** No id of a flow is empty. */
const none = ''
