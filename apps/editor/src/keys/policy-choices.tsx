import { useId } from 'react'
import type { Policy } from '../api/keys-api.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { policyWords } from './key-words.ts'
import styles from './new-key-dialog.module.css'

interface PolicyChoicesProps {
  readonly policies: readonly Policy[]
  readonly error: string | undefined
  readonly onChange: (policies: readonly Policy[]) => void
}

const all = ['execute', 'mcp', 'configure'] as const

/** What a key may do, one box each. */
export function PolicyChoices({ policies, error, onChange }: PolicyChoicesProps) {
  const id = useId()
  return (
    <div role="group" aria-labelledby={id}>
      <div id={id} className={styles.label}>
        It may
      </div>
      {all.map((policy) => (
        <label key={policy} className={styles.choice}>
          <Checkbox
            label={policyWords[policy].label}
            isOn={policies.includes(policy)}
            onChange={(isOn) =>
              onChange(all.filter((one) => (one === policy ? isOn : policies.includes(one))))
            }
          />
          <span>
            {policyWords[policy].label}
            <small>{policyWords[policy].help}</small>
          </span>
        </label>
      ))}
      {error !== undefined && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
