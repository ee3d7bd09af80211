import { Check, Minus } from 'lucide-react'
import type { StoredFact } from './trace-levels.ts'
import { storedFacts, traceLevels } from './trace-levels.ts'
import styles from './stored-facts-table.module.css'

/** What is kept of a run, by what its flow says that is recorded. */
export function StoredFactsTable() {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <td />
          {traceLevels.map(({ value, label }) => (
            <th key={value} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {storedFacts.map(({ what, example, kept }) => (
          <tr key={what}>
            <th scope="row">
              {what}
              <span>{example}</span>
            </th>
            {traceLevels.map(({ value }) => (
              <td key={value}>
                <Kept when={kept[value]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Kept({ when }: { readonly when: StoredFact['kept'][keyof StoredFact['kept']] }) {
  switch (when) {
    case 'always':
      return (
        <span className={styles.kept}>
          <Check size={15} aria-hidden />
          <span className="visually-hidden">kept</span>
        </span>
      )
    case 'onFailure':
      return <span className={styles.onFailure}>if it fails</span>
    case 'never':
      return (
        <span className={styles.never}>
          <Minus size={15} aria-hidden />
          <span className="visually-hidden">not kept</span>
        </span>
      )
  }
}
