import { KeyRound } from 'lucide-react'
import type { ApiKey } from '../api/keys-api.ts'
import { Button } from '../ui/button.tsx'
import { Pill } from '../ui/pill.tsx'
import { sinceWhen } from '../ui/since-when.ts'
import styles from './key-row.module.css'
import { factsOf, policyWords } from './key-words.ts'

interface KeyRowProps {
  readonly apiKey: ApiKey
  /** Not of one that is revoked. */
  readonly onRevoke?: () => void
}

/** One API key on its page: what it is for, and when it was used. */
export function KeyRow({ apiKey, onRevoke }: KeyRowProps) {
  const { name, start, policies } = apiKey
  return (
    <li className={styles.row} data-revoked={apiKey.revokedAt === null ? undefined : true}>
      <div className={styles.icon}>
        <KeyRound size={18} aria-hidden />
      </div>
      <div className={styles.text}>
        <h2>
          <span className={styles.name}>{name}</span>
          {policies.map((policy) => (
            <Pill key={policy}>{policyWords[policy].label}</Pill>
          ))}
        </h2>
        <p>{[<code key="start">{start}…</code>, ...factsOf(apiKey).map((fact) => ` · ${fact}`)]}</p>
        <p className={styles.times}>{timesOf(apiKey, new Date())}</p>
      </div>
      {onRevoke !== undefined && (
        <Button size="small" aria-label={`Revoke ${name}`} onClick={onRevoke}>
          Revoke
        </Button>
      )}
    </li>
  )
}

function timesOf({ createdAt, lastUsedAt, revokedAt }: ApiKey, now: Date): string {
  const since = (instant: string) => sinceWhen(new Date(instant), now)
  const used = lastUsedAt === null ? 'Never used' : `Last used ${since(lastUsedAt)}`
  return revokedAt === null
    ? `${used} · made ${since(createdAt)}`
    : `Revoked ${since(revokedAt)} · ${used.toLowerCase()}`
}
