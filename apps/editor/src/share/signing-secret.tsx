import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { newSigningSecret, readPublicAccess, type PublicAccess } from '../api/public-access-api.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import styles from './share-dialog.module.css'

interface SigningSecretProps {
  readonly flowId: string
  readonly hasSecret: boolean
  readonly onChanged: (access: PublicAccess) => void
}

/** Makes the secret by which the operator's back end signs visitors, and shows it this once. */
export function SigningSecret({ flowId, hasSecret, onChanged }: SigningSecretProps) {
  const [secret, setSecret] = useState<string>()
  const [error, setError] = useState<ApiError>()
  const [isBusy, setBusy] = useState(false)

  async function make(): Promise<void> {
    setBusy(true)
    try {
      setSecret(await newSigningSecret(flowId))
      setError(undefined)
      onChanged(await readPublicAccess(flowId, AbortSignal.timeout(20_000)))
    } catch (thrown) {
      setError(toApiError(thrown))
    }
    setBusy(false)
  }

  return (
    <section className={styles.address} aria-label="Signing secret">
      <h3>Signing secret</h3>
      <p className={styles.hint}>
        Your back end signs a JWT with it: HS256, <code>sub</code> is the user, <code>exp</code> at
        most a day ahead. The widget takes it as <code>data-token</code>, the page as{' '}
        <code>#token=…</code>
      </p>
      {secret !== undefined && (
        <div className={styles.copied} role="status">
          <code>{secret}</code>
          <CopyButton label="Copy the secret" text={() => secret} />
        </div>
      )}
      {error !== undefined && (
        <p className={styles.failure} role="alert">
          {error.message}
        </p>
      )}
      <div className={styles.make}>
        <Button
          size="small"
          icon={<KeyRound size={14} aria-hidden />}
          isBusy={isBusy}
          onClick={() => void make()}
        >
          {hasSecret ? 'Make another secret' : 'Make a secret'}
        </Button>
        <span className={styles.hint}>
          {secret !== undefined
            ? 'Copy it now: it is not shown again.'
            : hasSecret
              ? 'The one that is in use then counts no more.'
              : 'Without one, nobody gets in.'}
        </span>
      </div>
    </section>
  )
}
