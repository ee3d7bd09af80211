import { isRecord } from '@millrace/flow'
import styles from './json-tree.module.css'

export interface JsonTreeProps {
  /** Its name, for screen readers. */
  readonly label: string
  /** A record or a list. */
  readonly value: unknown
  readonly isLarge?: boolean
}

/** So many entries of one record or list are drawn. */
const maxEntries = 100
/** Records and lists down to this depth are open at first. */
const openDepth = 2
/** A record with more fields than this inside another, such as headers, would hide what comes after it. */
const maxOpenFields = 12

/** A record or a list whose parts can be folded away. */
export function JsonTree({ label, value, isLarge = false }: JsonTreeProps) {
  return (
    // It scrolls, so keys must reach it.
    <div
      className={styles.tree}
      data-large={isLarge || undefined}
      role="group"
      tabIndex={0}
      aria-label={label}
    >
      <Entries value={value} depth={0} />
    </div>
  )
}

/** Whether a value is a record or a list that is not empty. */
export function hasParts(value: unknown): boolean {
  return entriesOf(value).length > 0
}

interface EntriesProps {
  readonly value: unknown
  readonly depth: number
}

function Entries({ value, depth }: EntriesProps) {
  const entries = entriesOf(value)
  return (
    <ul className={styles.entries}>
      {entries.slice(0, maxEntries).map(([name, inner]) => (
        <li key={name}>
          <Entry name={name} value={inner} depth={depth} />
        </li>
      ))}
      {entries.length > maxEntries && (
        <li className={styles.size}>
          {(entries.length - maxEntries).toLocaleString('en')} more are not shown
        </li>
      )}
    </ul>
  )
}

interface EntryProps extends EntriesProps {
  readonly name: string
}

function Entry({ name, value, depth }: EntryProps) {
  const count = entriesOf(value).length
  if (count === 0) {
    return (
      <div className={styles.leaf}>
        <span className={styles.name}>{name}</span>
        <span className={styles.value} data-kind={kindOf(value)}>
          {typeof value === 'string' ? value || '""' : JSON.stringify(value)}
        </span>
      </div>
    )
  }
  return (
    <details open={depth < openDepth && (Array.isArray(value) || count <= maxOpenFields)}>
      <summary>
        <span className={styles.name}>{name}</span>
        <span className={styles.size}>{sizeOf(value, count)}</span>
      </summary>
      <Entries value={value} depth={depth + 1} />
    </details>
  )
}

/** The parts of a value by their names, those of a list by their places from 1; none of a plain one. */
function entriesOf(value: unknown): readonly (readonly [name: string, value: unknown])[] {
  if (Array.isArray(value)) return value.map((item: unknown, index) => [String(index + 1), item])
  return isRecord(value) ? Object.entries(value) : []
}

function sizeOf(value: unknown, count: number): string {
  const noun = Array.isArray(value) ? 'item' : 'field'
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value
}
