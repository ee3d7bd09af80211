import type { Published } from '../api/published.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { sinceWhen } from '../ui/since-when.ts'
import styles from './api-page.module.css'
import type { Environment } from './api-target.ts'

interface EnvironmentChoiceProps {
  readonly environment: Environment
  readonly onChange: (environment: Environment) => void
  /** What is published where; `undefined` while that is not known. */
  readonly published: readonly Published[] | undefined
}

/** Chooses where the flow is called, and says what runs there. */
export function EnvironmentChoice({ environment, onChange, published }: EnvironmentChoiceProps) {
  return (
    <div className={styles.environment}>
      <Choice label="Environment" value={environment} options={options} onChange={onChange} />
      <WhatRuns environment={environment} published={published} />
    </div>
  )
}

const options: readonly { readonly value: Environment; readonly label: string }[] = [
  { value: 'production', label: 'Production' },
  { value: 'test', label: 'Test' },
  { value: 'development', label: 'Development' },
]

function WhatRuns({ environment, published }: Omit<EnvironmentChoiceProps, 'onChange'>) {
  if (environment === 'development') {
    return (
      <p className={styles.text}>
        The saved draft runs: for who designs, for keys of this environment, and for anyone on a
        server with neither a password nor keys.
      </p>
    )
  }
  if (published === undefined)
    return <p className={styles.text}>What is published is being read…</p>
  const there = published.find((one) => one.environment === environment)
  if (there !== undefined) {
    return (
      <p className={styles.text}>
        Version {there.revision} runs, published {sinceWhen(there.publishedAt, new Date())}.
        {environment === 'production' && ' Calls that name no environment run it.'}
      </p>
    )
  }
  return (
    <div className={styles.unpublished}>
      <p className={styles.text}>Nothing is published there: every call is refused.</p>
      <Button size="small" onClick={() => sessionCommands.open({ kind: 'publish' })}>
        Publish
      </Button>
    </div>
  )
}
