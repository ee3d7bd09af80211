import { usageByModel } from '@millrace/flow'
import { CostView } from '../prices/cost-view.tsx'
import { useCost } from '../prices/use-cost.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { durationText } from '../ui/duration-text.ts'
import styles from './inspector.module.css'
import type { InspectedNode, InspectedRun } from './use-inspected-node.ts'
import { callsInside } from './visit-times.ts'

export interface InspectorFootProps {
  readonly run: InspectedRun
  /** `undefined` where the run as a whole is looked at. */
  readonly inspected: InspectedNode | undefined
}

/** How much there is, what it cost, and the ids by which others speak of it. */
export function InspectorFoot({ run, inspected }: InspectorFootProps) {
  const { log, visits } = run
  if (log.events.length === 0) return null
  return (
    <footer className={styles.foot}>
      {inspected === undefined ? (
        <>
          <Figure name="Visits">{visits.all.size.toLocaleString('en')}</Figure>
          <Figure name="Events">{log.events.length.toLocaleString('en')}</Figure>
        </>
      ) : (
        <NodeFigures inspected={inspected} />
      )}
      <span className={styles.ids}>
        {inspected !== undefined && <Id name="Node" id={inspected.node.id} />}
        {log.runId !== undefined && <Id name="Run" id={log.runId} />}
      </span>
    </footer>
  )
}

function NodeFigures({ inspected }: { readonly inspected: InspectedNode }) {
  const { lines, parts, iterations, visit, visits, log } = inspected
  const cost = useCost(usageByModel(callsInside(visit, visits)))
  const end = visit.endedAt ?? log.events.at(-1)?.at ?? visit.startedAt
  return (
    <>
      <Figure name="Visits" isOfColumn>
        {lines.filter(({ kind }) => kind === 'visit').length.toLocaleString('en')}
      </Figure>
      <Figure name="Ports" isOfColumn>
        {parts.length}
      </Figure>
      {iterations.length > 0 && (
        <Figure name="Iterations" isOfColumn>
          {iterations.length.toLocaleString('en')}
        </Figure>
      )}
      <Figure name="This visit">{durationText(end - visit.startedAt)}</Figure>
      {cost !== undefined && (
        <Figure name="Cost">
          <CostView cost={cost} />
        </Figure>
      )}
    </>
  )
}

interface FigureProps {
  readonly name: string
  /** A column's head says it, too. */
  readonly isOfColumn?: boolean
  readonly children: React.ReactNode
}

function Figure({ name, isOfColumn = false, children }: FigureProps) {
  return (
    <span data-of-column={isOfColumn || undefined}>
      {name} <b>{children}</b>
    </span>
  )
}

function Id({ name, id }: { readonly name: string; readonly id: string }) {
  return (
    <span className={styles.id}>
      {name} <code title={id}>{id}</code>
      <CopyButton label={`Copy the id of the ${name.toLowerCase()}`} text={() => id} />
    </span>
  )
}
