import type { RunTiming } from '@millrace/flow'
import { figureRows } from '../chat/figures.ts'
import { durationText } from '../ui/duration-text.ts'
import styles from './time-table.module.css'

export interface TimeTableProps {
  /** Of a run, or of a visit, which has no first value of its own. */
  readonly timing: Pick<RunTiming, 'first' | 'whole'>
  /** What the whole is of. */
  readonly whole?: string
  readonly hasFirst?: boolean
}

/** Where time went, as a bar and as a table. */
export function TimeTable({ timing, whole: name = 'Whole run', hasFirst = true }: TimeTableProps) {
  const { first, whole } = timing
  const rows = figureRows(timing)
  return (
    <>
      <TimeBar timing={timing} />
      <table className={styles.times}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Where the time went</span>
            </th>
            {hasFirst && <th scope="col">First word</th>}
            <th scope="col">{name}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ part, label, firstMs, wholeMs }) => (
            <tr key={part}>
              <th scope="row">
                <i data-part={part} aria-hidden />
                {label}
              </th>
              {hasFirst && <td>{firstMs === undefined ? '–' : durationText(firstMs)}</td>}
              <td>{durationText(wholeMs)}</td>
            </tr>
          ))}
          <tr className={styles.total}>
            <th scope="row">Total</th>
            {hasFirst && <td>{first === undefined ? '–' : durationText(first.totalMs)}</td>}
            <td>{durationText(whole.totalMs)}</td>
          </tr>
        </tbody>
      </table>
    </>
  )
}

/** Where time went, as a bar; the figures stand beside it. */
export function TimeBar({ timing }: { readonly timing: TimeTableProps['timing'] }) {
  return (
    <div className={styles.bar} aria-hidden>
      {figureRows(timing).map(({ part, wholeMs }) => (
        <i key={part} data-part={part} style={{ flexGrow: wholeMs }} />
      ))}
    </div>
  )
}
