import { SquareArrowOutUpRight } from 'lucide-react'
import { useEffect } from 'react'
import { designerPath } from '../app/router.ts'
import { Link } from '../app/link.tsx'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { flowListCommands, useFlowList } from '../flows/flow-list.ts'
import { Select } from '../ui/select.tsx'
import { placeholderOf, type ControlProps } from './control-props.ts'
import styles from './flow-control.module.css'

/** Chooses one of the server's flows, and leads to it. */
export function FlowControl({ property, value, onChange, isInvalid }: ControlProps<'flow'>) {
  const { status, flows } = useFlowList()
  const own = useDocument(selectId)
  useEffect(() => void flowListCommands.load(), [])
  const id = typeof value === 'string' ? value : undefined
  const isKnown = flows.some((flow) => flow.id === id)
  const isMissing = id !== undefined && status === 'ready' && !isKnown
  return (
    <div className={styles.whole}>
      <Select
        value={id}
        isInvalid={isInvalid || isMissing}
        placeholder={status === 'loading' ? 'Loading…' : placeholderOf(property) || 'Choose a flow'}
        options={[
          ...flows.map((flow) => ({
            value: flow.id,
            label: flow.name,
            hint: flow.id === own ? 'this flow' : flow.id,
          })),
          ...(id === undefined || isKnown
            ? []
            : [{ value: id, label: <Lost id={id} status={status} /> }]),
        ]}
        onChange={(chosen) => onChange(chosen)}
      />
      {isMissing && (
        <p className={styles.wrong} role="status">
          There is no flow “{id}” on this server. Choose another, or create it.
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
      {id === own && <p className={styles.note}>The flow calls itself: it needs a way to end.</p>}
      {isKnown && id !== undefined && id !== own && (
        <Link href={designerPath(id)} className={styles.open}>
          <SquareArrowOutUpRight size={13} aria-hidden /> Open flow
        </Link>
      )}
    </div>
  )
}

interface LostProps {
  readonly id: string
  readonly status: 'loading' | 'ready' | 'failed'
}

function Lost({ id, status }: LostProps) {
  return status === 'ready' ? <span className={styles.lost}>{id}</span> : id
}

function selectId({ flow }: DocumentState): string {
  return flow.id
}
