import { KeyRound, Lock, Pencil, Trash2 } from 'lucide-react'
import { environmentNames, environments } from '../api/environments.ts'
import type { Variable, VariableUse, VariableUses, VariableValue } from '../api/variables-api.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Pill } from '../ui/pill.tsx'
import styles from './variables-page.module.css'

interface VariablesTableProps {
  readonly variables: readonly Variable[]
  readonly uses: VariableUses
  readonly onEdit: (variable: Variable) => void
  readonly onDelete: (variable: Variable) => void
}

/** The variables, one in a row, with a column for each environment. */
export function VariablesTable({ variables, uses, onEdit, onDelete }: VariablesTableProps) {
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label="Variables">
        <thead>
          <tr>
            <th scope="col">Name</th>
            {environments.map((environment) => (
              <th key={environment} scope="col">
                {environmentNames[environment]}
              </th>
            ))}
            <th scope="col">Used by</th>
            <th scope="col">
              <span className="visually-hidden">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {variables.map((variable) => (
            <tr key={variable.name}>
              <th scope="row" className={styles.name}>
                <code>{variable.name}</code>
                {variable.isLocked && (
                  <Pill tone="warning" icon={<Lock size={11} aria-hidden />}>
                    locked
                  </Pill>
                )}
              </th>
              {environments.map((environment) => (
                <td key={environment} className={styles.value}>
                  <Value value={variable.values[environment]} />
                </td>
              ))}
              <td className={styles.uses}>
                <Uses uses={uses.get(variable.name)} />
              </td>
              <td className={styles.actions}>
                <IconButton label={`Edit ${variable.name}`} onClick={() => onEdit(variable)}>
                  <Pencil size={15} aria-hidden />
                </IconButton>
                <IconButton label={`Delete ${variable.name}`} onClick={() => onDelete(variable)}>
                  <Trash2 size={15} aria-hidden />
                </IconButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Uses({ uses }: { readonly uses: readonly VariableUse[] | undefined }) {
  if (uses === undefined) return <span className={styles.none}>Nothing</span>
  const names = uses.map(({ name }) => name).join(', ')
  return <span title={names}>{names}</span>
}

function Value({ value }: { readonly value: VariableValue | undefined }) {
  if (value === undefined) return <span className={styles.none}>Not set</span>
  if (typeof value === 'string') return <span title={value}>{value}</span>
  return (
    <span className={styles.secret}>
      <KeyRound size={13} aria-hidden />
      Secret
    </span>
  )
}
