import { ArrowRightFromLine, ArrowRightToLine, Diamond, SquareActivity } from 'lucide-react'
import type { NodeStatus } from '@millrace/flow'
import { durationText } from '../ui/duration-text.ts'
import { Column } from './column.tsx'
import { inspectCommands } from './inspect-store.ts'
import styles from './inspector.module.css'
import { unknownTexts } from './known-value.ts'
import { partGroups, type Iteration, type NodePart, type PartGroup } from './node-parts.ts'
import { PartView } from './part-view.tsx'
import { PickList } from './pick-list.tsx'
import type { InspectedNode } from './use-inspected-node.ts'
import type { VisitLine } from './visit-lines.ts'
import { VisitStatus } from './visit-status.tsx'

/** The visits of a node, the parts of one, the iterations of that, and what it holds, side by side. */
export function NodeVisits({ inspected }: { readonly inspected: InspectedNode }) {
  const { node, log, lines, visit, parts, part, iterations, iteration } = inspected
  const chosen = {
    nodeId: node.id,
    runId: log.runId,
    visit: visit.visit,
    partId: part.id,
    iteration,
  }
  return (
    <div className={styles.columns}>
      <Column title="Visits" count={lines.filter(isVisit).length} width={132}>
        <PickList
          label="Visits"
          lines={lines.map((line) => ({ ...line, isHeading: line.kind === 'heading' }))}
          chosen={String(visit.visit)}
          onChoose={(line) => {
            if (line.kind === 'visit') {
              inspectCommands.choose({ ...chosen, visit: line.visit.visit, iteration: undefined })
            }
          }}
        >
          {(line) => (line.kind === 'heading' ? line.text : <VisitRow line={line} />)}
        </PickList>
      </Column>
      <Column title="Ports" count={parts.length} width={228}>
        <PickList
          label="Ports"
          lines={partLines(parts)}
          chosen={part.id}
          onChoose={({ key }) =>
            inspectCommands.choose({ ...chosen, partId: key, iteration: undefined })
          }
        >
          {(line) =>
            line.part === undefined ? line.key : <PartRow part={line.part} status={visit.status} />
          }
        </PickList>
      </Column>
      {part.content.kind === 'iterations' && (
        <Column title="Iterations" count={iterations.length} width={150}>
          <PickList
            label="Iterations"
            lines={iterationLines(iterations, part.content.whole !== undefined)}
            chosen={iteration === undefined ? 'whole' : String(iteration)}
            onChoose={({ key }) =>
              inspectCommands.choose({
                ...chosen,
                iteration: key === 'whole' ? undefined : Number(key),
              })
            }
          >
            {({ iteration: one }) =>
              one === undefined ? (
                'The whole'
              ) : (
                <>
                  <span className={styles.number}>{one.number}</span>
                  <small>+{durationText(one.at - visit.startedAt)}</small>
                </>
              )
            }
          </PickList>
        </Column>
      )}
      <section
        className={styles.data}
        aria-label="Data"
        // Another part or visit begins at its top, with no row chosen and nothing searched.
        key={`${node.id} ${part.id} ${visit.visit} ${iteration ?? ''}`}
      >
        <PartView
          inspected={inspected}
          visit={visit}
          part={part}
          iteration={iteration === undefined ? undefined : iterations[iteration]}
        />
      </section>
    </div>
  )
}

function isVisit({ kind }: VisitLine): boolean {
  return kind === 'visit'
}

function VisitRow({ line }: { readonly line: Extract<VisitLine, { kind: 'visit' }> }) {
  const { status, startedAt, endedAt } = line.visit
  return (
    <>
      <span className={styles.number}>{line.number}</span>
      <VisitStatus status={status} />
      <small>
        {status === 'pinned'
          ? 'pinned'
          : endedAt === undefined
            ? '…'
            : durationText(endedAt - startedAt)}
      </small>
    </>
  )
}

interface PartLine {
  readonly key: string
  readonly isHeading: boolean
  /** `undefined` for a heading, whose key is its text. */
  readonly part: NodePart | undefined
}

function partLines(parts: readonly NodePart[]): readonly PartLine[] {
  return partGroups.flatMap((group) => {
    const own = parts.filter((part) => part.group === group)
    if (own.length === 0) return []
    return [
      { key: groupTitles[group], isHeading: true, part: undefined },
      ...own.map((part) => ({ key: part.id, isHeading: false, part })),
    ]
  })
}

const groupTitles: Readonly<Record<PartGroup, string>> = {
  In: 'In',
  Out: 'Out',
  Attachments: 'Attached',
  Run: 'What it did',
}

const icons = {
  In: ArrowRightToLine,
  Out: ArrowRightFromLine,
  Attachments: Diamond,
  Run: SquareActivity,
} as const satisfies Readonly<Record<PartGroup, unknown>>

interface PartRowProps {
  readonly part: NodePart
  readonly status: NodeStatus
}

function PartRow({ part: { group, name, hint, content }, status }: PartRowProps) {
  const Icon = icons[group]
  const { value } = content.kind === 'value' ? content : { value: undefined }
  const error = content.kind === 'error' ? status : undefined
  return (
    <>
      <Icon size={13} aria-hidden className={styles.partIcon} data-group={group} />
      <span className={styles.partName} data-error={error} title={name}>
        {name}
      </span>
      <small title={hint}>
        {value?.isKnown === false ? unknownTexts[value.reason].word : hint}
      </small>
    </>
  )
}

interface IterationLine {
  readonly key: string
  /** `undefined` for the whole of them. */
  readonly iteration: Iteration | undefined
}

function iterationLines(
  iterations: readonly Iteration[],
  hasWhole: boolean,
): readonly IterationLine[] {
  return [
    ...(hasWhole ? [{ key: 'whole', iteration: undefined }] : []),
    ...iterations.map((iteration, index) => ({ key: String(index), iteration })),
  ]
}
