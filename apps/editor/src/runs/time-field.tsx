import control from '../ui/control.module.css'

interface TimeFieldProps {
  readonly label: string
  /** In ISO; `undefined` leaves this end open. */
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

/** A moment, in the time of this browser, to the minute. */
export function TimeField({ label, value, onChange }: TimeFieldProps) {
  return (
    <input
      type="datetime-local"
      className={control.control}
      aria-label={label}
      value={value === undefined ? '' : localText(new Date(value))}
      onChange={(event) => {
        const time = new Date(event.target.value)
        onChange(Number.isNaN(time.getTime()) ? undefined : time.toISOString())
      }}
    />
  )
}

/** As the field of a browser writes it: "2026-11-26T18:05". */
function localText(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}
