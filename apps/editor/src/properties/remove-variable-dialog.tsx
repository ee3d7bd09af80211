import type { Flow, VariableUse } from '@millrace/flow'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { Dialog } from '../ui/dialog.tsx'
import styles from './flow-variables.module.css'
import { namesOf } from './variable-uses.tsx'

export interface RemoveVariableDialogProps {
  readonly name: string
  readonly flow: Flow
  readonly uses: readonly VariableUse[]
  readonly onRemove: () => void
  readonly onClose: () => void
}

/** Asks before a variable goes that others use, with what would break. */
export function RemoveVariableDialog(props: RemoveVariableDialogProps) {
  const { name, flow, uses, onRemove, onClose } = props
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={`Remove “${name}”?`}
      description={`It is used in ${counted(uses.length, 'place')}. Without it, each is a problem until it gets another value.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" onClick={onRemove}>
            Remove
          </Button>
        </>
      }
    >
      <ul className={styles.breaks} aria-label="What would break">
        {uses.map(({ nodeId, property, way }) => {
          const { title, label } = namesOf(flow, nodeId, property)
          return (
            <li key={`${nodeId} ${property} ${way}`}>
              <span className={styles.useTitle}>{title}</span>
              <span className={styles.useLabel}>{label}</span>
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}
