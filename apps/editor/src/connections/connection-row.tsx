import { Activity, Cable, Copy, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import type { FlowUse, StoredConnection } from '../api/connections-api.ts'
import { NodeIcon } from '../canvas/node-icon.tsx'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { factsOf } from './connection-facts.ts'
import styles from './connection-row.module.css'
import { ConnectionStatus } from './connection-status.tsx'
import { connectionCommands, useConnections } from './connection-store.ts'
import { ConnectionUses } from './connection-uses.tsx'
import { TestResult } from './test-result.tsx'

interface ConnectionRowProps {
  readonly connection: StoredConnection
  readonly onEdit: () => void
  readonly onDuplicate: () => void
  readonly onDelete: () => void
}

/** One connection on its page: what it is, how it stands, and what uses it. */
export function ConnectionRow({ connection, onEdit, ...commands }: ConnectionRowProps) {
  const { id, name, isBuiltIn, isLocked } = connection
  const definition = registry.connections.get(connection.kind)
  const test = useConnections((state) => state.tests.get(id))
  return (
    <li className={styles.row}>
      <div
        className={styles.icon}
        data-built-in={isBuiltIn || undefined}
        data-database={definition?.lookups.includes('tables') || undefined}
      >
        {definition === undefined ? (
          <Cable size={18} aria-hidden />
        ) : (
          <NodeIcon definition={{ icon: definition.icon, category: 'model' }} size={18} />
        )}
      </div>
      <div className={styles.text}>
        <h2>
          {name} <ConnectionStatus connection={connection} />
        </h2>
        <p>{isBuiltIn ? definition?.description : factsOf(connection).join(' · ')}</p>
        <Uses id={id} />
        {isLocked && (
          <p className={styles.locked}>
            Its secrets were stored under another key and cannot be read. Edit it and enter them
            again, or start the server with the key they were stored with.
          </p>
        )}
        {test !== undefined && (
          <div className={styles.test}>
            <TestResult test={test} />
          </div>
        )}
      </div>
      <div className={styles.actions}>
        <Button
          size="small"
          icon={<Activity size={14} aria-hidden />}
          disabled={test?.status === 'testing'}
          aria-label={`Test ${name}`}
          onClick={() => void connectionCommands.test(id)}
        >
          Test
        </Button>
        {!isBuiltIn && (
          <>
            <IconButton label={`Edit ${name}`} onClick={onEdit}>
              <Pencil size={15} aria-hidden />
            </IconButton>
            <MoreMenu connection={connection} {...commands} />
          </>
        )}
      </div>
    </li>
  )
}

function Uses({ id }: { readonly id: string }) {
  const uses = useConnections((state) => state.uses)
  if (uses === undefined) return null
  const flows: readonly FlowUse[] = uses.byConnection.get(id) ?? []
  if (flows.length === 0) return <p className={styles.unused}>No flow uses it</p>
  return (
    <details className={styles.uses}>
      <summary>{flows.length === 1 ? 'Used by 1 flow' : `Used by ${flows.length} flows`}</summary>
      <ConnectionUses flows={flows} />
    </details>
  )
}

type MoreMenuProps = Pick<ConnectionRowProps, 'connection' | 'onDuplicate' | 'onDelete'>

function MoreMenu({ connection: { name, isLocked }, onDuplicate, onDelete }: MoreMenuProps) {
  return (
    <Menu
      trigger={
        <IconButton label={`More for ${name}`}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<Copy size={16} aria-hidden />} isDisabled={isLocked} onSelect={onDuplicate}>
        Duplicate
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 size={16} aria-hidden />} isDangerous onSelect={onDelete}>
        Delete
      </MenuItem>
    </Menu>
  )
}
