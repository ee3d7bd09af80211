import { readSchedule, whyNotSchedule, type JsonValue, type Schedule } from '@millrace/flow'
import type { ControlProps } from '../properties/control-props.ts'
import { Button } from '../ui/button.tsx'
import { FieldScope } from '../ui/field-scope.tsx'
import { SuggestField } from '../ui/suggest-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import styles from './schedule-control.module.css'

/** When a flow starts by itself: the expression, and the time zone of its clock. */
export function ScheduleControl(props: ControlProps<'schedule'>) {
  const { value, onChange, labelId, describedBy, isInvalid } = props
  const schedule = (value === undefined ? undefined : readSchedule(value)) ?? { cron: '' }
  const zone = schedule.timeZone ?? ''
  const isZoneWrong =
    whyNotSchedule({ cron: schedule.cron }) === undefined && whyNotSchedule(schedule) !== undefined
  const isCronWrong = isInvalid && !isZoneWrong
  return (
    <div className={styles.whole}>
      {/* Each goes by itself: what is wrong with the expression is not wrong with the zone. */}
      <FieldScope>
        <TextField
          aria-labelledby={labelId}
          aria-describedby={describedBy}
          aria-invalid={isCronWrong || undefined}
          value={schedule.cron}
          onChange={(cron) => onChange(valueOf({ ...schedule, cron }))}
          placeholder="0 9 * * 1-5"
          isMono
          isInvalid={isCronWrong}
          spellCheck={false}
          autoComplete="off"
        />
      </FieldScope>
      <FieldScope>
        <SuggestField
          label="Time zone"
          value={zone}
          placeholder="UTC"
          suggestions={zones}
          isInvalid={isZoneWrong}
          onChange={(timeZone) =>
            onChange(valueOf(timeZone === '' ? { cron: schedule.cron } : { ...schedule, timeZone }))
          }
        />
      </FieldScope>
      {schedule.cron.trim() === '' && (
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
