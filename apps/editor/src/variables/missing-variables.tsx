import type { Variable, VariableUses } from '../api/variables-api.ts'
import { Button } from '../ui/button.tsx'
import { namesOf } from './use-words.ts'
import styles from './variables-page.module.css'

interface MissingVariablesProps {
  readonly variables: readonly Variable[]
  readonly uses: VariableUses
  readonly onCreate: (name: string) => void
}

/** The variables that connections hold and that do not exist: nothing opens such a connection. */
export function MissingVariables({ variables, uses, onCreate }: MissingVariablesProps) {
  const known = new Set(variables.map(({ name }) => name))
  return [...uses]
    .filter(([name]) => !known.has(name))
    .map(([name, connections]) => (
      <p key={name} className={styles.missing}>
        <span>
          {namesOf(connections)} {connections.length === 1 ? 'uses' : 'use'} <code>{name}</code>,
          which does not exist.
        </span>
        <Button size="small" aria-label={`Create ${name}`} onClick={() => onCreate(name)}>
          Create it
        </Button>
      </p>
    ))
}
