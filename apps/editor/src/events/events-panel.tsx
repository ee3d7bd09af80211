import { titleOf, type Flow } from '@millrace/flow'
import { History, ScrollText, X } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import type { WatchedRun } from '../run/watched-run.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { runCommands, useRun } from '../run/run-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { eventLines, filterLines, offsetText, type EventLine } from './event-lines.ts'
import { EventList } from './event-list.tsx'
import styles from './events-panel.module.css'

/** The events of the shown run as they came: the one record behind all that the canvas shows. */
export function EventsPanel() {
  const events = useRun(selectEvents)
  const dropped = useRun(selectDropped)
  const state = useRun(selectState)
  const document = useRun(selectDocument)
  // Where what ran is not known, the flow on the canvas has the titles, if it has them.
  const open = useDocument(selectFlow)
  if (events.length === 0) {
    return (
      <EmptyState icon={<ScrollText size={20} aria-hidden />} title="No events yet">
        Run the flow: everything that happens is listed here, as it happens.
      </EmptyState>
    )
  }
  return <EventsOf events={events} dropped={dropped} state={state} document={document ?? open} />
}

interface EventsOfProps {
  readonly events: WatchedRun['events']
  readonly dropped: number
  readonly state: WatchedRun['state']
  /** Gives the nodes their titles. */
  readonly document: Flow | undefined
}

function EventsOf({ events: latest, dropped, state, document }: EventsOfProps) {
  const events = useDeferredValue(latest)
  const [filter, setFilter] = useState('')
  const [selectedSeq, setSelectedSeq] = useState<number>()

  const position = useRun(selectPosition)
  const { startedAt, visits } = state
  const titles = useMemo(() => titlesOf(document), [document])
  const titleOfNode = useMemo(() => (nodeId: string) => titles.get(nodeId) ?? nodeId, [titles])
  const words = useDeferredValue(filter)
  const lines = useMemo(
    () => filterLines(eventLines(events, { startedAt, visits }), words, titleOfNode),
    [events, startedAt, visits, words, titleOfNode],
  )
  const selected = lines.find(({ event }) => event.seq === selectedSeq)

  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <input
          type="search"
          className={styles.filter}
          aria-label="Filter events"
          placeholder="Filter: node-delta, a node’s title, a word…"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <span className={styles.count}>
          {lines.length === events.length
            ? `${events.length + dropped} events`
            : `${lines.length} of ${events.length}`}
          {dropped > 0 && `, the first ${dropped} are no longer kept`}
        </span>
        <CopyButton label="Copy these events as JSON" text={() => linesAsJson(lines)} />
      </div>
      <div className={styles.body}>
        <EventList
          lines={lines}
          titleOfNode={titleOfNode}
          selectedSeq={selectedSeq}
          position={position}
          onSelect={setSelectedSeq}
        />
        {selected !== undefined && (
          <section className={styles.detail} aria-label={`Event ${selected.event.seq}`}>
            <header>
              <strong>{selected.event.type}</strong>
              <span>{offsetText(selected.offset)}</span>
              {selected.nodeId !== undefined && (
                <button
                  type="button"
                  className={styles.link}
                  onClick={() => sessionCommands.focusNode(selected.nodeId ?? '')}
                >
                  {titleOfNode(selected.nodeId)}
                </button>
              )}
              <Button
                size="small"
                variant="quiet"
                icon={<History size={14} aria-hidden />}
                onClick={() => runCommands.seek(selected.event.seq)}
              >
                Show this moment
              </Button>
              <span className={styles.end}>
                <CopyButton
                  label="Copy this event as JSON"
                  text={() => JSON.stringify(selected.event, null, 2)}
                />
                <IconButton label="Close the event" onClick={() => setSelectedSeq(undefined)}>
                  <X size={14} aria-hidden />
                </IconButton>
              </span>
            </header>
            {/* It scrolls, so the keyboard must get there. */}
            <pre tabIndex={0}>{JSON.stringify(selected.event, null, 2)}</pre>
          </section>
        )}
      </div>
    </div>
  )
}

function linesAsJson(lines: readonly EventLine[]): string {
  return lines.map(({ event }) => JSON.stringify(event)).join('\n')
}

function titlesOf(flow: Flow | undefined): ReadonlyMap<string, string> {
  return new Map(
    flow?.nodes.map((node) => [node.id, titleOf(node, registry.nodes.get(node.type))] as const),
  )
}

function selectFlow({ flow }: DocumentState): Flow {
  return flow
}

/** All of them, also those after the moment that is shown. */
function selectEvents({ log }: WatchedRun): WatchedRun['events'] {
  return log.events
}

function selectDropped({ droppedEvents }: WatchedRun): number {
  return droppedEvents
}

function selectState({ log }: WatchedRun): WatchedRun['state'] {
  return log.latest
}

function selectPosition({ position }: WatchedRun): number | undefined {
  return position
}

function selectDocument({ document }: WatchedRun): Flow | undefined {
  return document
}
