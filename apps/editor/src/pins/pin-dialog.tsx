import { titleOf, type Flow } from '@millrace/flow'
import { PinOff } from 'lucide-react'
import { useState } from 'react'
import { nodeIn } from '../document/node-in.ts'
import { scopesIn } from '../document/scopes-in.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { DraftDialog } from '../properties/draft-dialog.tsx'
import { registry } from '../registry.ts'
import { runCommands } from '../run/run-store.ts'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/text-field.tsx'
import styles from './pin-dialog.module.css'
import { pinOfRun } from './pin-of-run.ts'
import { pinCommands } from './pin-store.ts'
import { readPinText, textOfPin } from './pin-text.ts'

export interface PinDialogProps {
  readonly nodeId: string
  readonly onClose: () => void
}

/** Edits what a node gives instead of running. */
export function PinDialog({ nodeId, onClose }: PinDialogProps) {
  const flow = useDocument(selectFlow)
  const place = { outputs: scopesIn(flow, registry).outputsOf(nodeId), flow }
  const [known] = useState(() => pinCommands.of(flow.id)[nodeId])
  const [start] = useState(() => known ?? givenInRun(nodeId))
  const [text, setText] = useState(() => textOfPin(start, place.outputs))
  const [before] = useState(text)
  const read = readPinText(text, place, start)
  const refusal = 'problem' in read ? read.problem : undefined
  const title = `Pinned output of “${titleIn(flow, nodeId)}”`

  return (
    <DraftDialog
      title={title}
      description="The node does not run, and gives this. Only runs in the designer use pins, and only in this browser; what clients run never does."
      size="large"
      isChanged={text !== before}
      refusal={refusal}
      action={
        known !== undefined && (
          <Button
            icon={<PinOff size={15} aria-hidden />}
            onClick={() => {
              pinCommands.unpin(flow.id, [nodeId])
              onClose()
            }}
          >
            Unpin
          </Button>
        )
      }
      onAccept={() => {
        if ('pin' in read) pinCommands.pin(flow.id, { [nodeId]: read.pin })
        onClose()
      }}
      onClose={onClose}
    >
      <TextArea
        isMono
        rows={14}
        className={styles.text}
        spellCheck={false}
        aria-label={title}
        aria-invalid={refusal !== undefined}
        value={text}
        onChange={setText}
      />
    </DraftDialog>
  )
}

function givenInRun(nodeId: string) {
  const { document, state } = runCommands.current()
  return document && pinOfRun(document, state.nodes.get(nodeId))
}

function titleIn(flow: Flow, nodeId: string): string {
  const node = nodeIn(flow, nodeId)
  return node === undefined ? nodeId : titleOf(node, registry.nodes.get(node.type))
}

function selectFlow({ flow }: DocumentState): Flow {
  return flow
}
