import { CircleAlert, CircleCheck } from 'lucide-react'
import { ConnectionPicker } from '../connections/connection-picker.tsx'
import { registry } from '../registry.ts'
import styles from './import-dialog.module.css'
import type { NeededConnection } from './import-facts.ts'

interface ImportConnectionsProps {
  readonly needed: readonly NeededConnection[]
  /** Which connection is taken for one that is not here. */
  readonly chosen: ReadonlyMap<string, string>
  readonly onChoose: (id: string, choice: string | undefined) => void
}

/** The connections that imported flows ask for; for one that is not here, another is chosen or made. */
export function ImportConnections({ needed, chosen, onChoose }: ImportConnectionsProps) {
  return (
    <section className={styles.needs} aria-labelledby="import-connections">
      <h3 id="import-connections" className={styles.heading}>
        Connections
      </h3>
      <ul className={styles.connections}>
        {needed.map(({ id, kinds, isHere }) =>
          isHere ? (
            <li key={id} className={styles.fact} data-tone="ok">
              <CircleCheck size={14} aria-hidden />
              <span>
                <code>{id}</code> is on this server
              </span>
            </li>
          ) : (
            <li key={id} className={styles.missing}>
              <p className={styles.fact} data-tone={chosen.has(id) ? 'ok' : 'warning'}>
                {chosen.has(id) ? (
                  <CircleCheck size={14} aria-hidden />
                ) : (
                  <CircleAlert size={14} aria-hidden />
                )}
                <span>
                  <code>{id}</code> is not on this server. Choose one of yours or make one (
                  {kinds.map(titleOfKind).join(' or ')}), now or later.
                </span>
              </p>
              <ConnectionPicker
                label={`Connection for ${id}`}
                value={chosen.get(id)}
                kinds={kinds}
                onChange={(choice) => onChoose(id, choice)}
              />
            </li>
          ),
        )}
      </ul>
    </section>
  )
}

function titleOfKind(kind: string): string {
  return registry.connections.get(kind)?.title ?? kind
}
