import { Spinner } from '../ui/spinner.tsx'
import styles from './app.module.css'

/** A whole page that is being loaded. */
export function Loading() {
  return (
    <main className={styles.centre} aria-busy>
      <h1 className={styles.loading}>
        <Spinner /> Loading…
      </h1>
    </main>
  )
}
