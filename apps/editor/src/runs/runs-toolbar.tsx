import { X } from 'lucide-react'
import { environmentNames, environments, type Environment } from '../api/environments.ts'
import type { RunOrigin, StoredRunState } from '../api/run-history-api.ts'
import { Button } from '../ui/button.tsx'
import { Select, type SelectOption } from '../ui/select.tsx'
import { isNarrowed, type RunFilter, type Since } from './run-filter.ts'
import { runLooks } from './run-look.ts'
import { SessionField } from './session-field.tsx'
import styles from './runs-toolbar.module.css'
import { TimeField } from './time-field.tsx'

interface RunsToolbarProps {
  readonly filter: RunFilter
  /** The names of flows by their ids. */
  readonly flowNames: ReadonlyMap<string, string>
  readonly onChange: (filter: RunFilter) => void
}

const any = 'any'

const states: readonly SelectOption<StoredRunState | typeof any>[] = [
  { value: any, label: 'In any state' },
  ...Object.entries(runLooks).map(([state, { word }]) => ({
    value: state as StoredRunState, // the table's keys
    label: word,
  })),
]

const origins: readonly SelectOption<RunOrigin | typeof any>[] = [
  { value: any, label: 'Started by anybody' },
  { value: 'designer', label: 'By the designer' },
  { value: 'client', label: 'By clients' },
  { value: 'flow', label: 'By another flow' },
  { value: 'schedule', label: 'By the clock' },
]

const places: readonly SelectOption<Environment | typeof any>[] = [
  { value: any, label: 'In any environment' },
  ...environments.map((value) => ({ value, label: `In ${environmentNames[value].toLowerCase()}` })),
]

const times: readonly SelectOption<Since | 'between' | typeof any>[] = [
  { value: any, label: 'At any time' },
  { value: 'hour', label: 'In the last hour' },
  { value: 'day', label: 'In the last 24 hours' },
  { value: 'week', label: 'In the last 7 days' },
  { value: 'month', label: 'In the last 30 days' },
  { value: 'between', label: 'Between …' },
]

/** Narrows the list of runs. */
export function RunsToolbar({ filter, flowNames, onChange }: RunsToolbarProps) {
  const { flow, state, session, origin, environment, since, from, to } = filter
  const isBetween = from !== undefined || to !== undefined
  const names =
    flow === undefined || flowNames.has(flow) ? flowNames : new Map([[flow, flow], ...flowNames])

  function changeTime(chosen: Since | 'between' | typeof any): void {
    const { since: _, from: __, to: ___, ...others } = filter
    if (chosen === any) onChange(others)
    else if (chosen === 'between') onChange({ ...others, from: startOfToday() })
    else onChange({ ...others, since: chosen })
  }

  return (
    <div className={styles.toolbar} role="search" aria-label="Runs">
      <Select
        label="Flow"
        className={styles.flow ?? ''}
        value={flow ?? anyFlow}
        options={[
          { value: anyFlow, label: 'Of every flow' },
          ...[...names].map(([id, name]) => ({ value: id, label: name })),
        ]}
        onChange={(id) => onChange({ ...filter, flow: id === anyFlow ? undefined : id })}
      />
      <Select
        label="State"
        className={styles.select ?? ''}
        value={state ?? any}
        options={states}
        onChange={(value) => onChange({ ...filter, state: value === any ? undefined : value })}
      />
      <Select
        label="Time"
        className={styles.select ?? ''}
        value={isBetween ? 'between' : (since ?? any)}
        options={times}
        onChange={changeTime}
      />
      <Select
        label="Started by"
        className={styles.select ?? ''}
        value={origin ?? any}
        options={origins}
        onChange={(value) => onChange({ ...filter, origin: value === any ? undefined : value })}
      />
      <Select
        label="Environment"
        className={styles.select ?? ''}
        value={environment ?? any}
        options={places}
        onChange={(value) =>
          onChange({ ...filter, environment: value === any ? undefined : value })
        }
      />
      {isBetween && (
        <span className={styles.between}>
          <TimeField
            label="From"
            value={from}
            onChange={(time) => onChange({ ...filter, from: time })}
          />
          <span aria-hidden>–</span>
          <TimeField label="To" value={to} onChange={(time) => onChange({ ...filter, to: time })} />
        </span>
      )}
      {session === undefined ? (
        <SessionField
          className={styles.find ?? ''}
          onFind={(id) => onChange({ ...filter, session: id })}
        />
      ) : (
        <span className={styles.session}>
          <span>
            Session <strong title={session}>{session}</strong>
          </span>
          <button
            type="button"
            aria-label="Runs of every session"
            onClick={() => onChange({ ...filter, session: undefined })}
          >
            <X size={13} aria-hidden />
          </button>
        </span>
      )}
      {isNarrowed(filter) && (
        <Button variant="quiet" onClick={() => onChange({})}>
          Clear filters
        </Button>
      )}
    </div>
  )
}

/** No id of a flow. */
const anyFlow = '*'

function startOfToday(): string {
  const day = new Date()
  day.setHours(0, 0, 0, 0)
  return day.toISOString()
}
