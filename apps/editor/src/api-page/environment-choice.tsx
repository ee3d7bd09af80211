import { Choice } from '../ui/choice.tsx'
import styles from './api-page.module.css'
import type { Environment } from './api-target.ts'

interface EnvironmentChoiceProps {
  readonly environment: Environment
  readonly onChange: (environment: Environment) => void
}

/** Chooses where the flow is called. */
export function EnvironmentChoice({ environment, onChange }: EnvironmentChoiceProps) {
  return (
    <div className={styles.environment}>
      <Choice label="Environment" value={environment} options={options} onChange={onChange} />
      <p className={styles.text}>{whatRuns[environment]}</p>
    </div>
  )
}

const options: readonly { readonly value: Environment; readonly label: string }[] = [
  { value: 'production', label: 'Production' },
  { value: 'test', label: 'Test' },
  { value: 'development', label: 'Development' },
]

const whatRuns: Readonly<Record<Environment, string>> = {
  production: 'What was published to production runs. A key names no other environment by itself.',
  test: 'What was published to test runs.',
  development:
    'The saved draft runs, for who designs, for keys of this environment, and for anyone while the server has no keys.',
}
