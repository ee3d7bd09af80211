import { titleOf, type Flow, type Rerun } from '@millrace/flow'
import { useMemo, useState } from 'react'
import { nodeIn } from '../document/node-in.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { rerunReasons } from './rerun-reasons.ts'
import { registry } from '../registry.ts'
import { useRun } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { counted } from '../ui/counted.ts'
import { Dialog } from '../ui/dialog.tsx'
import { prepareRunFrom, startRunFrom, type RunFromFlow } from './prepare-run-from.ts'
import styles from './run-from-dialog.module.css'

export interface RunFromDialogProps {
  readonly nodeId: string
  /** The node behind which the run stops; it goes to its end when not given. */
  readonly until: string | undefined
  readonly onClose: () => void
}

/** Before a run goes on from a node: what is taken over, and what runs again all the same. */
export function RunFromDialog({ nodeId, until, onClose }: RunFromDialogProps) {
  const flow = useDocument(selectFlow)
  const run = useRun(selectRun)
  const [which, setWhich] = useState<RunFromFlow>('now')
  const prepared = useMemo(() => prepareRunFrom(run, { nodeId, which }), [run, nodeId, which])
  if (prepared === undefined) return null
  const { kept, rerun, from, hasChanged } = prepared
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Run ${until === from ? 'only' : 'from'} “${titleIn(flow, from)}”`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            onClick={() => {
              onClose()
              startRunFrom(prepared, until)
            }}
          >
            Run
          </Button>
        </>
      }
    >
      <div className={styles.content}>
        {from !== nodeId && (
          <p>
            “{titleIn(flow, nodeId)}” runs in a loop of “{titleIn(flow, from)}”, so that runs as a
            whole.
          </p>
        )}
        <p>{takenOver(kept)}</p>
        {rerun.length > 0 && <Again flow={flow} rerun={rerun} />}
        {hasChanged && (
          <Choice label="What runs" value={which} options={flows} onChange={setWhich} />
        )}
      </div>
    </Dialog>
  )
}

function Again({ flow, rerun }: { readonly flow: Flow; readonly rerun: readonly Rerun[] }) {
  return (
    <div>
      <p className={styles.again}>
        {rerun.length === 1 ? 'This runs again before it:' : 'These run again before it:'}
      </p>
      <ul className={styles.nodes}>
        {rerun.map(({ nodeId, reason }) => (
          <li key={nodeId}>
            <strong>{titleIn(flow, nodeId)}</strong>: {rerunReasons[reason]}
          </li>
        ))}
      </ul>
    </div>
  )
}

const flows = [
  { value: 'now', label: 'The flow as it is now' },
  { value: 'then', label: 'What ran then' },
] as const

function takenOver(kept: number): string {
  if (kept === 0) return 'Nothing is taken over from the run but its input.'
  return `${counted(kept, 'node')} before it ${kept === 1 ? 'does' : 'do'} not run again: what ${kept === 1 ? 'it' : 'they'} gave in the run is taken over, and nothing that was sent to the client is sent again.`
}

function titleIn(flow: Flow, nodeId: string): string {
  const node = nodeIn(flow, nodeId)
  return node === undefined ? nodeId : titleOf(node, registry.nodes.get(node.type))
}

function selectFlow({ flow }: DocumentState): Flow {
  return flow
}

function selectRun(run: WatchedRun): WatchedRun {
  return run
}
