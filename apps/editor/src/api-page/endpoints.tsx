import { CopyButton } from '../ui/copy-button.tsx'
import type { ApiTarget } from './api-target.ts'
import styles from './endpoints.module.css'
import { addressOf, callsOf } from './flow-call.ts'

/** The addresses that a flow is called at. */
export function Endpoints({ target }: { readonly target: ApiTarget }) {
  return (
    <ul className={styles.list} aria-label="Endpoints">
      {callsOf(target).map(({ name, title, summary }) => {
        const address = addressOf(target, name)
        return (
          <li key={name} className={styles.endpoint}>
            <span className={styles.title}>{title}</span>
            <div className={styles.what}>
              <code>
                <b>POST</b> {address}
              </code>
              <p>{summary}</p>
            </div>
            <CopyButton label={`Copy the address for ${title}`} text={() => address} />
          </li>
        )
      })}
    </ul>
  )
}
