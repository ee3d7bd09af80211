import { ExternalLink } from 'lucide-react'
import { serverUrl } from '../api/base-path.ts'
import type { PublicMode } from '../api/public-access-api.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import styles from './share-dialog.module.css'
import { chatAddress, embedCode } from './share-form.ts'

interface ShareAddressesProps {
  readonly flowId: string
  readonly mode: PublicMode
}

/** Where the chat is: the address of its page, and the code for other pages. */
export function ShareAddresses({ flowId, mode }: ShareAddressesProps) {
  const address = chatAddress(serverUrl(), flowId)
  const code = embedCode(serverUrl(), flowId, mode)
  return (
    <div className={styles.addresses}>
      <section className={styles.address} aria-label="Chat page">
        <h3>Chat page</h3>
        <div className={styles.copied}>
          <a href={address} target="_blank" rel="noopener">
            {address} <ExternalLink size={12} aria-hidden />
            <span className="visually-hidden"> (opens in a new tab)</span>
          </a>
          <CopyButton label="Copy the address" text={() => address} />
        </div>
      </section>
      {mode !== 'off' && (
        <section className={styles.address} aria-label="Widget">
          <h3>Widget, for pages of yours</h3>
          <div className={styles.copied}>
            <code>{code}</code>
            <CopyButton label="Copy the code" text={() => code} />
          </div>
        </section>
      )}
    </div>
  )
}
