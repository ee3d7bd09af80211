import type { Flow } from '@millrace/flow'
import { useEffect, useMemo, useState } from 'react'
import { listDeletedFlows, type FlowSummary } from '../api/flow-list-api.ts'
import { useConnections } from '../connections/connection-store.ts'
import { attempt } from '../flows/flow-actions.ts'
import { flowListCommands, useFlowList } from '../flows/flow-list.ts'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ImportConnections } from './import-connections.tsx'
import styles from './import-dialog.module.css'
import { neededConnections } from './import-facts.ts'
import { importFlows } from './import-flows.ts'
import { ImportItemView } from './import-item.tsx'
import { planImport } from './import-plan.ts'
import { ImportSource } from './import-source.tsx'
import { readImport, type ImportText } from './read-import.ts'
import { withNames } from './with-names.ts'

export interface ImportDialogProps {
  /** What was dropped or pasted already, perhaps while it stands open; none asks for it. */
  readonly texts: readonly ImportText[]
  readonly onClose: () => void
  /** Puts a flow in the place of the open one's content; not offered when absent. */
  readonly onReplace?: ((flow: Flow) => void) | undefined
}

/** Takes flows from files, a drop or the clipboard; says what they are and what they need, and stores them. */
export function ImportDialog({ texts: given, onClose, onReplace }: ImportDialogProps) {
  const [texts, setTexts] = useState(given)
  const [lastGiven, setLastGiven] = useState(given)
  const [replacedIds, setReplacedIds] = useState<ReadonlySet<string>>(new Set())
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map())
  const [isBusy, setIsBusy] = useState(false)
  const here = useFlowList((state) => state.flows)
  const [deleted, setDeleted] = useState<readonly FlowSummary[]>([])
  const connections = useConnections((state) => state.connections)
  const items = useMemo(() => readImport(texts), [texts])
  const flows = items.flatMap((item) => (item.status === 'flow' ? [item.flow] : []))
  const tests = items.flatMap((item) => (item.status === 'tests' ? [item.tests] : []))
  const needed = neededConnections(flows, registry, connections)
  const [only] = flows

  // An id may have been taken since the page was opened.
  useEffect(() => {
    void flowListCommands.load()
    const leaving = new AbortController()
    // It only tells beforehand what is asked again when the flows are stored.
    listDeletedFlows(leaving.signal).then(setDeleted, () => undefined)
    return () => leaving.abort()
  }, [])

  function take(next: readonly ImportText[]): void {
    setTexts(next.filter(({ text }) => text.trim() !== ''))
    setReplacedIds(new Set())
    setChosen(new Map())
  }

  if (lastGiven !== given) {
    setLastGiven(given)
    take(given)
  }

  async function store(): Promise<void> {
    setIsBusy(true)
    await attempt(async () => {
      // A deleted flow keeps its id, so that it can come back.
      const takenIds = new Set([...here, ...(await listDeletedFlows())].map(({ id }) => id))
      const plan = { flows, tests, replacedIds, connections: chosen, takenIds, registry }
      await importFlows(planImport(plan), here)
      onClose()
    })
    setIsBusy(false)
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size={texts.length === 0 ? 'medium' : 'large'}
      title="Import a flow"
      description="Flow documents, as Export saves them. Keys and passwords are never in one."
      footer={
        <>
          {texts.length > 0 && (
            <Button className={styles.again} variant="quiet" onClick={() => take([])}>
              Take another
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          {onReplace !== undefined && (
            <Button
              disabled={only === undefined || flows.length > 1}
              onClick={() =>
                only &&
                onReplace(withNames(only, registry, { connections: chosen, flows: new Map() }))
              }
            >
              Replace this flow
            </Button>
          )}
          <Button
            variant="primary"
            isBusy={isBusy}
            disabled={flows.length === 0}
            onClick={() => void store()}
          >
            {labelOf(flows, replacedIds)}
          </Button>
        </>
      }
    >
      {texts.length === 0 ? (
        <ImportSource onTexts={take} />
      ) : (
        <div className={styles.review}>
          <ul className={styles.items}>
            {items.map((item, index) => (
              <ImportItemView
                key={index}
                item={item}
                flows={flows}
                tests={tests}
                here={here}
                deleted={deleted}
                isReplacing={item.status === 'flow' && replacedIds.has(item.flow.id)}
                onReplacing={(flowId, isReplacing) => {
                  const next = new Set(replacedIds)
                  if (isReplacing) next.add(flowId)
                  else next.delete(flowId)
                  setReplacedIds(next)
                }}
              />
            ))}
          </ul>
          {needed.length > 0 && (
            <ImportConnections
              needed={needed}
              chosen={chosen}
              onChoose={(id, choice) => {
                const next = new Map(chosen)
                if (choice === undefined || choice === id) next.delete(id)
                else next.set(id, choice)
                setChosen(next)
              }}
            />
          )}
        </div>
      )}
    </Dialog>
  )
}

function labelOf(flows: readonly Flow[], replacedIds: ReadonlySet<string>): string {
  if (flows.length > 1) return `Import ${flows.length} flows`
  const [only] = flows
  return only !== undefined && replacedIds.has(only.id)
    ? `Replace “${only.name}”`
    : 'Import as new flow'
}
