import type { NodeStatus } from '@millrace/flow'
import { runMarks } from '../canvas/run-mark-icons.ts'
import styles from './inspector.module.css'

/** How a visit stands: a picture, and its name for screen readers. */
export function VisitStatus({ status }: { readonly status: NodeStatus }) {
  const { Icon, name } = runMarks[status]
  return (
    <span className={styles.status} data-status={status} title={name}>
      <Icon size={12} aria-hidden />
      <span className="visually-hidden">{name}</span>
    </span>
  )
}
