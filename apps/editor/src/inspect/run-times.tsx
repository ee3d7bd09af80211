import { timeSpansOf, timingOf, type RunCall, type RunVisit } from '@millrace/flow'
import { ChevronRight } from 'lucide-react'
import { useId, useMemo, useState, type KeyboardEvent } from 'react'
import { figureRows } from '../chat/figures.ts'
import { sessionCommands } from '../session/session-store.ts'
import { durationText } from '../ui/duration-text.ts'
import { treeItem } from '../ui/tree-item.ts'
import { treeStep } from '../ui/tree-step.ts'
import { useRowsInView } from '../ui/use-rows-in-view.ts'
import { inspectCommands } from './inspect-store.ts'
import styles from './run-times.module.css'
import { shareOf, timeLines, type TimeLine, type TimeScale } from './time-lines.ts'
import { TimeBar } from './time-table.tsx'
import type { InspectedRun } from './use-inspected-node.ts'
import { VisitStatus } from './visit-status.tsx'

/** The height of a line in pixels; the style sheet says the same. */
const lineHeight = 26

/** The run from its start to its end: what waited for what, and which part was Millrace's own. */
export function RunTimes({ run }: { readonly run: InspectedRun }) {
  const { log, visits, titleOfNode } = run
  const id = useId()
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [activeId, setActiveId] = useState<string>()
  const lines = useMemo(() => timeLines(visits, toggled), [visits, toggled])
  const scale: TimeScale = {
    start: log.state.startedAt ?? log.events[0]?.at ?? 0,
    end: log.state.endedAt ?? log.events.at(-1)?.at ?? 0,
  }
  const at = lines.findIndex((line) => line.id === activeId)
  const { scroller, rows, height, show } = useRowsInView({
    count: lines.length,
    rowHeight: lineHeight,
  })

  const go = (line: TimeLine) => {
    setActiveId(line.id)
    if (line.visit.nodeId !== undefined) sessionCommands.showNode(line.visit.nodeId)
  }
  const toggle = (line: TimeLine) => {
    const changed = new Set(toggled)
    if (!changed.delete(line.id)) changed.add(line.id)
    setToggled(changed)
  }
  const inspect = ({ visit: { nodeId, visit } }: TimeLine) => {
    if (nodeId !== undefined) inspectCommands.showVisit(nodeId, log.runId, visit)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = treeStep(event.key, { lines, at, isSearched: false })
    const active = lines[at]
    if (step === undefined) return
    event.preventDefault()
    if (step.kind === 'move') {
      const line = lines[step.to]
      if (line !== undefined) go(line)
      show(step.to)
    } else if (active !== undefined && step.kind === 'toggle') toggle(active)
    else if (active !== undefined) inspect(active)
  }

  return (
    <div className={styles.times}>
      <Summary run={run} scale={scale} />
      <div
        ref={scroller}
        className={styles.lines}
        role="tree"
        tabIndex={0}
        aria-label="Time line of the run"
        aria-activedescendant={at === -1 ? undefined : `${id}-${at}`}
        onKeyDown={onKeyDown}
      >
        <div role="presentation" className={styles.all} style={{ height }}>
          {rows.map(({ index, start }) => {
            const line = lines[index]
            return line === undefined ? null : (
              <Line
                key={line.id}
                id={`${id}-${index}`}
                line={line}
                top={start}
                title={titleOfVisit(line.visit, titleOfNode)}
                scale={scale}
                isActive={line.id === activeId}
                onGo={() => go(line)}
                onToggle={() => toggle(line)}
                onInspect={() => inspect(line)}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

function Summary({ run, scale }: { readonly run: InspectedRun; readonly scale: TimeScale }) {
  const { state } = run.log
  const { start, end } = scale
  const timing = timingOf(state) ?? {
    first: undefined,
    whole: timeSpansOf(state.calls, [start, end]),
  }
  return (
    <div className={styles.summary}>
      <TimeBar timing={timing} />
      <dl>
        {figureRows(timing).map(({ part, label, wholeMs }) => (
          <div key={part}>
            <dt>
              <i data-part={part} aria-hidden /> {label}
            </dt>
            <dd>{durationText(wholeMs)}</dd>
          </div>
        ))}
        {timing.first !== undefined && (
          <div>
            <dt>First value</dt>
            <dd>
              {durationText(timing.first.totalMs)}, {durationText(timing.first.engineMs)} of it the
              engine
            </dd>
          </div>
        )}
        <div>
          <dt>Total</dt>
          <dd>{durationText(timing.whole.totalMs)}</dd>
        </div>
      </dl>
    </div>
  )
}

interface LineProps {
  readonly id: string
  readonly line: TimeLine
  readonly top: number
  readonly title: string
  readonly scale: TimeScale
  readonly isActive: boolean
  readonly onGo: () => void
  readonly onToggle: () => void
  readonly onInspect: () => void
}

function Line({ id, line, top, title, scale, isActive, ...on }: LineProps) {
  const { visit, depth, isExpandable, isExpanded, count } = line
  const end = visit.endedAt ?? scale.end
  const isSmall = shareOf(scale, end) < 0.86
  return (
    <div
      id={id}
      {...treeItem(line, { isSelected: isActive })}
      className={styles.line}
      style={{ top }}
      onClick={on.onGo}
      onDoubleClick={on.onInspect}
    >
      <span className={styles.name} style={{ paddingLeft: 6 + depth * 14 }}>
        <ChevronRight
          size={12}
          aria-hidden
          className={styles.chevron}
          data-open={isExpanded || undefined}
          visibility={isExpandable ? 'visible' : 'hidden'}
          onClick={(event) => {
            event.stopPropagation()
            on.onToggle()
          }}
        />
        <VisitStatus status={visit.status} />
        <span className={styles.title} title={title}>
          {title}
        </span>
        {visit.iteration !== undefined && <small>{visit.iteration}</small>}
        {!isExpanded && count > 0 && <small>{count.toLocaleString('en')} inside</small>}
      </span>
      <span className={styles.track}>
        <i
          className={styles.bar}
          data-status={visit.status}
          style={placeOf(scale, visit.startedAt, end)}
        />
        {visit.calls.map((call, index) => (
          <Call key={index} call={call} scale={scale} />
        ))}
        <span
          className={styles.duration}
          data-inside={!isSmall || undefined}
          style={isSmall ? { left: `${shareOf(scale, end) * 100}%` } : { right: 0 }}
        >
          {durationText(end - visit.startedAt)}
        </span>
      </span>
    </div>
  )
}

/** A call on the bar of its visit: the wait for the first byte, a mark where it came, and the rest. */
function Call({ call, scale }: { readonly call: RunCall; readonly scale: TimeScale }) {
  const { kind, startedAt, endedAt, firstByteMs } = call
  const firstByteAt = firstByteMs === undefined ? endedAt : startedAt + firstByteMs
  const what = kind === 'model' ? 'model' : 'other'
  return (
    <span title={titleOfCall(call)}>
      <i className={styles.wait} data-part={what} style={placeOf(scale, startedAt, firstByteAt)} />
      {firstByteMs !== undefined && (
        <>
          <i
            className={styles.rest}
            data-part={what}
            style={placeOf(scale, firstByteAt, endedAt)}
          />
          <i
            className={styles.firstByte}
            style={{ left: `${shareOf(scale, firstByteAt) * 100}%` }}
          />
        </>
      )}
    </span>
  )
}

function placeOf(scale: TimeScale, from: number, to: number) {
  const left = shareOf(scale, from)
  return { left: `${left * 100}%`, width: `${(shareOf(scale, to) - left) * 100}%` }
}

function titleOfCall({ kind, attempt, model, startedAt, endedAt, firstByteMs }: RunCall): string {
  const total = durationText(endedAt - startedAt)
  return [
    model ?? kind,
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
    ...(firstByteMs === undefined ? [] : [`first byte after ${durationText(firstByteMs)}`]),
    total,
  ].join(' · ')
}

function titleOfVisit({ nodeId }: RunVisit, titleOfNode: (nodeId: string) => string): string {
  return nodeId === undefined ? 'In a loop, not recorded' : titleOfNode(nodeId)
}
