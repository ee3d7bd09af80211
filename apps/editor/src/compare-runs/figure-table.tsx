import type { FigureRow } from './comparison-words.ts'
import styles from './run-comparison.module.css'

export interface FigureTableProps {
  /** What it is about, for screen readers. */
  readonly label: string
  readonly left: string
  readonly right: string
  readonly rows: readonly FigureRow[]
}

/** What two runs say of the same thing, side by side. */
export function FigureTable({ label, left, right, rows }: FigureTableProps) {
  return (
    <table className={styles.figures} aria-label={label}>
      <thead>
        <tr>
          <td />
          <th scope="col">
            <span>This run</span>
            {left}
          </th>
          <th scope="col">
            <span>Other run</span>
            {right}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.label} data-differs={one.differs || undefined}>
            <th scope="row">{one.label}</th>
            <td>{one.left}</td>
            <td>{one.right}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
