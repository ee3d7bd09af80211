import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

export interface DiscardDialogProps {
  readonly onKeep: () => void
  readonly onDiscard: () => void
}

/** Asks before a draft that was changed is thrown away. */
export function DiscardDialog({ onKeep, onDiscard }: DiscardDialogProps) {
  return (
    <Dialog
      isOpen
      size="small"
      onClose={onKeep}
      title="Discard your changes?"
      description="What you wrote here is not in the flow yet."
      footer={
        <>
          <Button onClick={onKeep}>Keep editing</Button>
          <Button variant="danger" onClick={onDiscard}>
            Discard
          </Button>
        </>
      }
    />
  )
}
