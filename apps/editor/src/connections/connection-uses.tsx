import type { FlowUse } from '../api/connections-api.ts'
import { Link } from '../app/link.tsx'
import { designerPath } from '../app/router.ts'
import styles from './connection-uses.module.css'

/** The flows that use a connection, with the nodes in them that name it. */
export function ConnectionUses({ flows }: { readonly flows: readonly FlowUse[] }) {
  return (
    <ul className={styles.flows}>
      {flows.map(({ id, name, nodes }) => (
        <li key={id}>
          <Link href={designerPath(id)}>{name}</Link>
          <span>{nodes.map(({ title }) => title).join(', ')}</span>
        </li>
      ))}
    </ul>
  )
}
