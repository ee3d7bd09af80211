import { isRecord, type RunCall } from '@millrace/flow'
import { ScanText } from 'lucide-react'
import { useState } from 'react'
import { SentRequest } from '../inspect/sent-request.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import styles from './sent-messages.module.css'

/** Opens what was sent to the models in a turn; nothing where no call was recorded with its request. */
export function SentMessages({ calls }: { readonly calls: readonly RunCall[] }) {
  const [isOpen, setOpen] = useState(false)
  const sent = calls.filter(({ kind, request }) => kind === 'model' && isRecord(request))
  if (sent.length === 0) return null
  return (
    <>
      <Button
        size="small"
        icon={<ScanText size={14} aria-hidden />}
        onClick={() => setOpen(true)}
        className={styles.open}
      >
        What the model got
      </Button>
      {isOpen && (
        <Dialog
          isOpen
          size="large"
          title="What the model got"
          description="The requests as they were sent, without keys."
          hasControls={false}
          onClose={() => setOpen(false)}
        >
          <div className={styles.calls}>
            {sent.map((call, index) => (
              <SentCall
                key={index}
                call={call}
                heading={sent.length > 1 ? `Call ${index + 1}` : ''}
              />
            ))}
          </div>
        </Dialog>
      )}
    </>
  )
}

interface SentCallProps {
  readonly call: RunCall
  readonly heading: string
}

function SentCall({ call, heading }: SentCallProps) {
  return (
    <section className={styles.call}>
      <header>
        <h3>
          {[heading, ...(call.attempt > 1 ? [`attempt ${call.attempt}`] : [])]
            .filter((part) => part !== '')
            .join(', ') || 'Messages'}
        </h3>
        <CopyButton
          label="Copy the request as JSON"
          text={() => JSON.stringify(call.request, null, 2)}
        />
      </header>
      {isRecord(call.request) && <SentRequest request={call.request} />}
    </section>
  )
}
