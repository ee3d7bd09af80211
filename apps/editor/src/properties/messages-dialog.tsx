import { Eye } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import styles from './messages-dialog.module.css'
import { MessagesPreview } from './messages-preview.tsx'

/** A button that shows what the model would get from a node. */
export function PreviewMessages({ nodeId }: { readonly nodeId: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="quiet"
        size="small"
        className={styles.button ?? ''}
        icon={<Eye size={14} aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        Preview messages
      </Button>
      {isOpen && (
        <Dialog
          isOpen
          size="large"
          isMaximisable
          title="What the model gets"
          onClose={() => setOpen(false)}
          footer={
            <Button variant="primary" onClick={() => setOpen(false)}>
              Close
            </Button>
          }
        >
          <MessagesPreview nodeId={nodeId} />
        </Dialog>
      )}
    </>
  )
}
