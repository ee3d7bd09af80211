import { readSchedule, type JsonValue, type Schedule } from '@millrace/flow'
import type { ControlProps } from '../properties/control-props.ts'
import { Button } from '../ui/button.tsx'
import { FieldScope } from '../ui/field-scope.tsx'
import { SuggestField } from '../ui/suggest-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import styles from './schedule-control.module.css'
import { previewSchedule } from './schedule-preview.ts'
import { ScheduleStatus } from './schedule-status.tsx'

/** When a flow starts by itself, with what that means in words and when it is next. */
export function ScheduleControl({ value, onChange, isInvalid }: ControlProps<'schedule'>) {
  const schedule = (value === undefined ? undefined : readSchedule(value)) ?? { cron: '' }
  const zone = schedule.timeZone ?? ''
  return (
    <div className={styles.whole}>
      <TextField
        value={schedule.cron}
        onChange={(cron) => onChange(valueOf({ ...schedule, cron }))}
        placeholder="0 9 * * 1-5"
        isMono
        isInvalid={isInvalid}
        spellCheck={false}
        autoComplete="off"
      />
      {/* By its own name: what is wrong with the expression is not wrong with the zone. */}
      <FieldScope>
        <SuggestField
          label="Time zone"
          value={zone}
          placeholder="UTC"
          suggestions={zones}
          onChange={(timeZone) =>
            onChange(valueOf(timeZone === '' ? { cron: schedule.cron } : { ...schedule, timeZone }))
          }
        />
      </FieldScope>
      {schedule.cron.trim() === '' ? (
        <div className={styles.presets}>
          {presets.map(({ label, cron }) => (
            <Button
              key={cron}
              size="small"
              onClick={() =>
                onChange({ cron, timeZone: schedule.timeZone ?? ownZone }, `Start it ${label}`)
              }
            >
              {label}
            </Button>
          ))}
        </div>
      ) : (
        <Preview schedule={schedule} />
      )}
      <ScheduleStatus />
    </div>
  )
}

function Preview({ schedule }: { readonly schedule: Schedule }) {
  const preview = previewSchedule(schedule, Date.now())
  if (preview.status === 'wrong') return null
  const { words, times } = preview
  return (
    <div className={styles.preview}>
      <p role="status">{words}</p>
      {times.length > 0 && (
        <ol aria-label="Next runs">
          {times.map((time) => (
            <li key={time}>{time}</li>
          ))}
        </ol>
      )}
    </div>
  )
}

/** Nothing at all is no schedule, so that a required one is asked for. */
function valueOf({ cron, timeZone }: Schedule): JsonValue | undefined {
  if (cron === '' && timeZone === undefined) return undefined
  return { cron, ...(timeZone === undefined ? {} : { timeZone }) }
}

const presets = [
  { label: 'hourly', cron: '0 * * * *' },
  { label: 'daily', cron: '0 9 * * *' },
  { label: 'on weekdays', cron: '0 9 * * 1-5' },
  { label: 'weekly', cron: '0 9 * * 1' },
  { label: 'monthly', cron: '0 9 1 * *' },
] as const

const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((value) => ({ value }))
