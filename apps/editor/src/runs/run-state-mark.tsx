import type { StoredRunState } from '../api/run-history-api.ts'
import { runLooks } from './run-look.ts'
import styles from './run-state-mark.module.css'

/** How a run stands: a picture and a word. */
export function RunStateMark({ state }: { readonly state: StoredRunState }) {
  const { icon: Icon, word, tone } = runLooks[state]
  return (
    <span className={styles.mark} data-tone={tone}>
      <Icon size={14} aria-hidden />
      {word}
    </span>
  )
}
