import { titleOf } from '@millrace/flow'
import { Copy } from 'lucide-react'
import { registry } from '../registry.ts'
import { useNodeRun } from '../run/run-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useShownFlow } from './shown-flow.ts'
import styles from './stream-dialog.module.css'

/** The whole text that a node has streamed, growing while it streams. */
export function StreamDialog({ nodeId }: { readonly nodeId: string }) {
  const text = useNodeRun(nodeId)?.text ?? ''
  const node = useShownFlow(({ nodes }) => nodes.find(({ id }) => id === nodeId))
  const title = node === undefined ? nodeId : titleOf(node, registry.nodes.get(node.type))
  return (
    <Dialog
      isOpen
      onClose={sessionCommands.close}
      title={title}
      description="The text that this node streamed in this run."
      size="large"
      footer={
        <Button
          icon={<Copy size={14} aria-hidden />}
          onClick={() => void navigator.clipboard.writeText(text)}
        >
          Copy
        </Button>
      }
    >
      <div className={styles.text} tabIndex={0} role="region" aria-label="Streamed text">
        {text}
      </div>
    </Dialog>
  )
}
