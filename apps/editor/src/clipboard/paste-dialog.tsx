import { CircleAlert, CircleCheck } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { useConnections } from '../connections/connection-store.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { flowListCommands, useFlowList } from '../flows/flow-list.ts'
import { FlowThumbnail } from '../flows/flow-thumbnail.tsx'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { counted } from '../ui/counted.ts'
import { Dialog } from '../ui/dialog.tsx'
import { clipboardCommands, type Pasting } from './clipboard-commands.ts'
import styles from './paste-dialog.module.css'
import { pasteFacts, type PasteFacts } from './paste-facts.ts'

const selectFlow = (document: DocumentState) => document.flow

export interface PasteDialogProps {
  readonly pasting: Pasting
  readonly onClose: () => void
}

/** Before something is pasted: what comes, and what of it this server does not have. */
export function PasteDialog({ pasting, onClose }: PasteDialogProps) {
  const target = useDocument(selectFlow)
  const connections = useConnections((state) => state.connections)
  const isConnectionsKnown = useConnections((state) => state.status === 'ready')
  const flows = useFlowList((state) => state.flows)
  const isListKnown = useFlowList((state) => state.status === 'ready')
  useEffect(() => void flowListCommands.load(), [])
  const { part } = pasting
  const facts = pasteFacts(part, target, {
    registry,
    connections: isConnectionsKnown ? connections : undefined,
    flowIds: isListKnown ? new Set(flows.map(({ id }) => id)) : undefined,
  })
  const count = contentOf(facts)

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={part.isWholeFlow ? `Paste “${part.flow.name}” into this flow` : 'Paste nodes'}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            onClick={() => {
              onClose()
              clipboardCommands.insert(pasting)
            }}
          >
            Paste {count}
          </Button>
        </>
      }
    >
      <div className={styles.content}>
        <div className={styles.picture}>
          <FlowThumbnail flow={part.flow} />
        </div>
        <ul className={styles.facts}>
          <Fact tone="ok">
            {count}: {facts.systems.map((one) => `${one.system} ${one.count}`).join(' · ')}
          </Fact>
          {facts.variables.length > 0 && (
            <Fact tone="ok">
              With {counted(facts.variables.length, 'flow variable')}: {facts.variables.join(', ')}
            </Fact>
          )}
          {facts.secondTrigger !== undefined && (
            <Fact tone="warning">
              It starts with {facts.secondTrigger}, and this flow has a start. Delete one of the two
              afterwards.
            </Fact>
          )}
          {facts.unknownTypes.length > 0 && (
            <Fact tone="warning">
              Nodes that are not known here: {facts.unknownTypes.join(', ')}. They are kept as they
              are; install the package that has them, or replace them.
            </Fact>
          )}
          {facts.newerTypes.length > 0 && (
            <Fact tone="warning">
              Made with a newer version of {facts.newerTypes.join(', ')}. Update Millrace to run
              them.
            </Fact>
          )}
          {facts.missingConnections.map(({ id }) => (
            <Fact key={id} tone="warning">
              The connection <code>{id}</code> is not on this server. Choose another in the nodes
              that use it.
            </Fact>
          ))}
          {facts.missingFlows.map((id) => (
            <Fact key={id} tone="warning">
              It calls the flow <code>{id}</code>, which is not on this server.
            </Fact>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}

function contentOf({ nodeCount, noteCount }: PasteFacts): string {
  return [
    ...(nodeCount === 0 ? [] : [counted(nodeCount, 'node')]),
    ...(noteCount === 0 ? [] : [counted(noteCount, 'note')]),
  ].join(' and ')
}

function Fact({
  tone,
  children,
}: {
  readonly tone: 'ok' | 'warning'
  readonly children: ReactNode
}) {
  return (
    <li className={styles.fact} data-tone={tone}>
      {tone === 'ok' ? (
        <CircleCheck size={14} aria-hidden />
      ) : (
        <CircleAlert size={14} aria-hidden />
      )}
      <span>{children}</span>
    </li>
  )
}
