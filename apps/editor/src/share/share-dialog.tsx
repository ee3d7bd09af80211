import { ServerCrash } from 'lucide-react'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import styles from './share-dialog.module.css'
import { ShareFormView } from './share-form-view.tsx'
import { usePublicAccess } from './use-public-access.ts'

/** Opens the chat of a flow to people without a key: who may come, and how they get there. */
export function ShareDialog() {
  const flowId = useDocument(selectFlowId)
  const name = useDocument(selectName)
  const { read, readAgain } = usePublicAccess(flowId)
  const title = `Share “${name}”`
  if (read.status === 'ready') {
    return (
      // What was read again is another form.
      <ShareFormView
        key={read.access.revision}
        {...{ flowId, title, readAgain }}
        access={read.access}
      />
    )
  }
  return (
    <Dialog isOpen onClose={sessionCommands.close} title={title}>
      {read.status === 'reading' ? (
        <p className={styles.loading} role="status">
          <Spinner /> Looking who may chat…
        </p>
      ) : (
        <EmptyState
          icon={<ServerCrash size={20} aria-hidden />}
          title="The public access could not be read"
          actions={<Button onClick={readAgain}>Try again</Button>}
        >
          {read.error.message}
        </EmptyState>
      )}
    </Dialog>
  )
}

function selectFlowId({ flow }: DocumentState): string {
  return flow.id
}

function selectName({ flow }: DocumentState): string {
  return flow.name
}
