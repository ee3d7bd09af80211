import { titleOf } from '@millrace/flow'
import { Pause, Play, Radio, StepBack, StepForward, X } from 'lucide-react'
import { useDeferredValue, useMemo, type KeyboardEvent } from 'react'
import { durationText } from '../ui/duration-text.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { nodeIn } from '../document/node-in.ts'
import { registry } from '../registry.ts'
import { selectIsRunning, useRun } from '../run/run-store.ts'
import { countUpTo } from '../run/seekable-log.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useReturnFocus } from '../ui/use-return-focus.ts'
import { eventWords } from './event-steps.ts'
import styles from './replay-bar.module.css'
import { replayCommands, useReplay } from './replay-store.ts'
import { countAt, longestWaitMs, marksOf, timeLineOf, type TimeLine } from './time-line.ts'
import { usePlayer } from './use-player.ts'

/** The time line of the shown run: to play it, to step through it, and to go to any moment of it. */
export function ReplayBar() {
  useReturnFocus()
  const events = useDeferredValue(useRun(selectAllEvents))
  const timeLine = useMemo(() => timeLineOf(events), [events])
  usePlayer(timeLine)
  const position = useRun(selectPosition)
  const count = position === undefined ? events.length : countUpTo(events, position)
  if (events.length === 0) {
    return (
      <section className={styles.bar} aria-label="Replay" data-region="replay">
        <p className={styles.empty}>Nothing of a run is known here yet.</p>
        <CloseButton />
      </section>
    )
  }
  return (
    <section className={styles.bar} aria-label="Replay" data-region="replay" onKeyDown={onKeyDown}>
      <div className={styles.controls}>
        <Controls />
      </div>
      <Slider events={events} timeLine={timeLine} count={count} />
      <Moment events={events} timeLine={timeLine} count={count} />
      <CloseButton />
    </section>
  )
}

function Controls() {
  const { isPlaying, speed } = useReplay()
  return (
    <>
      <IconButton
        label="Step back"
        shortcut="ArrowLeft"
        tooltipSide="top"
        onClick={() => replayCommands.step(-1)}
      >
        <StepBack size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={isPlaying ? 'Pause' : 'Play'}
        shortcut="Space"
        tooltipSide="top"
        onClick={isPlaying ? replayCommands.pause : replayCommands.play}
      >
        {isPlaying ? (
          <Pause size={16} fill="currentColor" aria-hidden />
        ) : (
          <Play size={16} fill="currentColor" aria-hidden />
        )}
      </IconButton>
      <IconButton
        label="Step forward"
        shortcut="ArrowRight"
        tooltipSide="top"
        onClick={() => replayCommands.step(1)}
      >
        <StepForward size={16} aria-hidden />
      </IconButton>
      <Choice
        label="Speed"
        value={speed === 1 ? '1' : '10'}
        options={speeds}
        onChange={(chosen) => replayCommands.setSpeed(chosen === '1' ? 1 : 10)}
      />
    </>
  )
}

const speeds = [
  { value: '1', label: '1×' },
  { value: '10', label: '10×' },
] as const

interface PlaceProps {
  readonly events: WatchedRun['events']
  readonly timeLine: TimeLine
  /** How many of the events have come. */
  readonly count: number
}

function Slider({ events, timeLine, count }: PlaceProps) {
  const { squeezed, lengthMs, waits } = timeLine
  const marks = useMemo(() => marksOf(events, timeLine), [events, timeLine])
  const words = useEventWords(events[count - 1])
  const at = squeezed[count - 1] ?? 0
  const length = Math.max(1, lengthMs)
  const percent = (place: number) => `${(place / length) * 100}%`
  return (
    <div className={styles.line} style={{ '--at': percent(at) } as React.CSSProperties}>
      <span className={styles.track} aria-hidden>
        <span className={styles.past} />
        {waits.map(({ from, to }) => (
          <i
            key={from}
            className={styles.wait}
            style={{ left: percent(from), width: percent(to - from) }}
          />
        ))}
        {marks.map((mark) => (
          <i
            key={`${mark.kind} ${mark.at}`}
            className={styles.mark}
            data-kind={mark.kind}
            style={{ left: percent(mark.at) }}
          />
        ))}
      </span>
      <input
        type="range"
        className={styles.slider}
        aria-label="Moment of the run"
        aria-valuetext={`Event ${count} of ${events.length}: ${words}`}
        min={0}
        max={length}
        step="any"
        value={at}
        onChange={(event) => {
          replayCommands.pause()
          replayCommands.showCount(countAt(squeezed, Number(event.target.value)))
        }}
      />
    </div>
  )
}

/** What happened at the moment that is shown, and when that was. */
function Moment({ events, timeLine, count }: PlaceProps) {
  const event = events[count - 1]
  const dropped = useRun(selectDropped)
  const words = useEventWords(event)
  const nodeId = useNodeOf(event)
  const elapsed = timeLine.real[count - 1] ?? 0
  return (
    <div className={styles.moment}>
      <p className={styles.figures}>
        <span>
          Event {(count + dropped).toLocaleString('en')} of{' '}
          {(events.length + dropped).toLocaleString('en')}
        </span>
        <span>
          {durationText(elapsed)} of {durationText(timeLine.real.at(-1) ?? 0)}
        </span>
      </p>
      <p className={styles.what} role="status">
        {nodeId === undefined ? (
          words
        ) : (
          <button
            type="button"
            className={styles.node}
            title="Show the node"
            onClick={() => sessionCommands.showNode(nodeId)}
          >
            {words}
          </button>
        )}
        <WaitNote timeLine={timeLine} count={count} />
      </p>
      <FollowButton />
    </div>
  )
}

/** Says that nothing happens for long, and whether that is shortened. */
function WaitNote({ timeLine, count }: Omit<PlaceProps, 'events'>) {
  const { isPlaying, speed } = useReplay()
  const ms = (timeLine.real[count] ?? 0) - (timeLine.real[count - 1] ?? 0)
  if (!isPlaying || ms <= longestWaitMs) return null
  return (
    <span className={styles.waiting}>
      {' '}
      · nothing for {durationText(ms)}
      {speed > 1 && ', shortened'}
    </span>
  )
}

function FollowButton() {
  const isRunning = useRun(selectIsRunning)
  const isSought = useRun(selectPosition) !== undefined
  if (!isRunning) return null
  return (
    <Button
      size="small"
      icon={<Radio size={14} aria-hidden />}
      disabled={!isSought}
      onClick={replayCommands.toEnd}
    >
      {isSought ? 'Follow it live' : 'Live'}
    </Button>
  )
}

function CloseButton() {
  return (
    <IconButton label="Close the replay" tooltipSide="top" onClick={replayCommands.close}>
      <X size={16} aria-hidden />
    </IconButton>
  )
}

function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const act = actionOf(event)
  if (act === undefined) return
  event.preventDefault()
  act()
}

function actionOf({ key, shiftKey, target }: KeyboardEvent): (() => void) | undefined {
  // Buttons and choices have a Space and arrows of their own.
  if (!(target instanceof HTMLInputElement) || target.type !== 'range') return undefined
  const step = shiftKey ? replayCommands.stepOne : replayCommands.step
  switch (key) {
    case ' ':
      return useReplay.getState().isPlaying ? replayCommands.pause : replayCommands.play
    case 'ArrowRight':
    case 'ArrowUp':
      return () => step(1)
    case 'ArrowLeft':
    case 'ArrowDown':
      return () => step(-1)
    case 'Home':
      return replayCommands.toStart
    case 'End':
      return replayCommands.toEnd
    default:
      return undefined
  }
}

function useNodeOf(event: WatchedRun['events'][number] | undefined): string | undefined {
  const visit = event !== undefined && 'visit' in event ? event.visit : undefined
  return useRun(({ log }) => (visit === undefined ? undefined : log.latest.visits.get(visit)))
}

function useEventWords(event: WatchedRun['events'][number] | undefined): string {
  const nodeId = useNodeOf(event)
  const ran = useRun(selectDocument)
  const open = useDocument(selectFlow)
  if (event === undefined) return ''
  const node = nodeId === undefined ? undefined : nodeIn(ran ?? open, nodeId)
  const name = node === undefined ? nodeId : titleOf(node, registry.nodes.get(node.type))
  return eventWords(event, () => `“${name ?? 'A node'}”`)
}

function selectAllEvents({ log }: WatchedRun): WatchedRun['events'] {
  return log.events
}

function selectPosition({ position }: WatchedRun): number | undefined {
  return position
}

function selectDropped({ droppedEvents }: WatchedRun): number {
  return droppedEvents
}

function selectDocument({ document }: WatchedRun): WatchedRun['document'] {
  return document
}

function selectFlow({ flow }: DocumentState): DocumentState['flow'] {
  return flow
}
