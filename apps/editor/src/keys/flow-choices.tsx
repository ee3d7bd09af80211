import { useEffect, useState } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { listFlows, type FlowSummary } from '../api/flow-list-api.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { Spinner } from '../ui/spinner.tsx'
import styles from './new-key-dialog.module.css'

interface FlowChoicesProps {
  readonly flows: readonly string[]
  readonly error: string | undefined
  readonly onChange: (flows: readonly string[]) => void
}

/** The flows that a key may run, one box each. */
export function FlowChoices({ flows, error, onChange }: FlowChoicesProps) {
  const [known, setKnown] = useState<readonly FlowSummary[]>()
  const [failure, setFailure] = useState<ApiError>()
  useEffect(() => {
    listFlows().then(setKnown, (thrown: unknown) => setFailure(toApiError(thrown)))
  }, [])
  const told = error ?? failure?.message
  return (
    <div role="group" aria-label="Flows that it may run">
      <div className={styles.flows}>
        {known === undefined && failure === undefined && (
          <p className={styles.loading} role="status">
            <Spinner size={14} /> Loading flows…
          </p>
        )}
        {known?.map(({ id, name }) => (
          <label key={id} className={styles.choice}>
            <Checkbox
              label={name}
              isOn={flows.includes(id)}
              onChange={(isOn) =>
                onChange(isOn ? [...flows, id] : flows.filter((flow) => flow !== id))
              }
            />
            <span>
              {name}
              <small>{id}</small>
            </span>
          </label>
        ))}
      </div>
      {told !== undefined && (
        <p className={styles.error} role="alert">
          {told}
        </p>
      )}
    </div>
  )
}
