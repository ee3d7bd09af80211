import { Link2, Radio, RotateCw, ScrollText, TriangleAlert, Undo2 } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { designerPath, navigate } from '../app/router.ts'
import { RunAgainFromButton } from '../again/run-again-from-button.tsx'
import { CompareWithMenu } from '../compare-runs/compare-with-menu.tsx'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { selectIsRunning, useRun } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { RecordEverything } from '../runs/record-everything.tsx'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { toast } from '../ui/toast.ts'
import { versionCommands } from '../versions/version-commands.ts'
import { AgainLinks } from '../runs/again-links.tsx'
import { startText } from '../runs/run-times.ts'
import { momentOf } from '../versions/version-times.ts'
import { closeRun, openRun, showDocument } from './open-run.ts'
import { useOpenedRun, type OpenedRun } from './opened-run.ts'
import styles from './run-banner.module.css'
import { RunOutcomePill } from './run-outcome-pill.tsx'
import { remarksOf } from './run-remarks.ts'

export interface RunBannerProps {
  /** The run that the address names. */
  readonly runId: string
  /** What can be done where its flow is no longer there, in the place of going back to it. */
  readonly goneActions?: ReactNode
}

/** Opens a run in the designer, and says which one it is for as long as it is shown. */
export function RunBanner({ runId, goneActions }: RunBannerProps) {
  const isGone = goneActions !== undefined
  const opened = useOpenedRun()
  const flowId = useDocument(selectFlowId)
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    const leaving = new AbortController()
    void openRun({ runId, isGone }, leaving.signal)
    return () => {
      leaving.abort()
      closeRun()
    }
  }, [runId, isGone, attempt])

  const isReplaced = useRun(selectIsOwn) && opened.status === 'open'
  useEffect(() => {
    // Whoever starts a run wants to see that one.
    if (isReplaced) navigate(designerPath(flowId), { replace: true })
  }, [isReplaced, flowId])

  const back = goneActions ?? (
    <Button
      size="small"
      icon={<Undo2 size={14} aria-hidden />}
      onClick={() => navigate(designerPath(flowId))}
    >
      Back to the flow
    </Button>
  )
  switch (opened.status) {
    case 'none':
    case 'reading':
      return (
        <Strip icon={<Spinner size={14} />} actions={back}>
          <p role="status">Reading the run…</p>
        </Strip>
      )
    case 'failed':
      return (
        <Strip
          tone="warning"
          icon={null}
          actions={
            <>
              {opened.error.code !== 'not_found' && (
                <Button
                  size="small"
                  icon={<RotateCw size={14} aria-hidden />}
                  onClick={() => setAttempt(attempt + 1)}
                >
                  Try again
                </Button>
              )}
              {back}
            </>
          }
        >
          <p role="alert">
            {opened.error.code === 'not_found' ? (
              <>
                <strong>There is no such run.</strong> It is no longer kept, or its address is
                mistyped. Below is the flow as it is now.
              </>
            ) : (
              <>
                <strong>The run cannot be shown.</strong> {opened.error.message}
              </>
            )}
          </p>
        </Strip>
      )
    case 'open':
      return <OpenBanner opened={opened} back={back} />
  }
}

interface OpenBannerProps {
  readonly opened: Extract<OpenedRun, { status: 'open' }>
  readonly back: ReactNode
}

function OpenBanner({ opened, back }: OpenBannerProps) {
  const { facts, ran, view } = opened
  const [now] = useState(() => new Date())
  const isRunning = useRun(selectIsRunning)
  const remarks = useRemarks(opened)
  return (
    <Strip
      icon={isRunning ? <Radio size={16} aria-hidden /> : <ScrollText size={16} aria-hidden />}
      actions={
        <>
          {ran.kind === 'other' && (
            <Choice
              label="On the canvas"
              value={view}
              options={documentOptions}
              onChange={showDocument}
            />
          )}
          {ran.kind === 'other' && view === 'ran' && (
            <Button
              size="small"
              variant="quiet"
              onClick={() => versionCommands.restore(ran.flow, momentOf(facts.startedAt, now))}
            >
              Restore this version
            </Button>
          )}
          {ran.kind !== 'gone' && (
            <>
              <RunAgainFromButton />
              <RecordEverything />
            </>
          )}
          <CompareWithMenu flowId={facts.flowId} runId={facts.id} />
          <IconButton label="Copy a link to this run" onClick={() => void copyLink()}>
            <Link2 size={15} aria-hidden />
          </IconButton>
          {back}
        </>
      }
    >
      <p>
        <strong>Run of {startText(facts.startedAt, now)}</strong>
        <span className={styles.origin}> · {origins[facts.origin]}</span>
      </p>
      <RunOutcomePill />
      <AgainLinks run={facts} />
      {remarks.map((remark) => (
        <p key={remark} className={styles.remark}>
          {remark}
        </p>
      ))}
    </Strip>
  )
}

function useRemarks(opened: OpenBannerProps['opened']): readonly string[] {
  const droppedEvents = useRun(selectDropped)
  const first = useRun(selectFirst)
  const status = useRun(selectStatus)
  const failure = useRun(selectReadFailure)
  return remarksOf({ ran: opened.ran, view: opened.view, droppedEvents, first, status, failure })
}

const documentOptions = [
  { value: 'ran', label: 'What ran' },
  { value: 'now', label: 'The flow now' },
] as const

const origins = {
  designer: 'from the designer',
  client: 'by a client',
  flow: 'by another flow',
  schedule: 'by the clock',
} as const

interface StripProps {
  readonly tone?: 'warning'
  readonly icon: ReactNode
  readonly actions: ReactNode
  readonly children: ReactNode
}

function Strip({ tone, icon, actions, children }: StripProps) {
  return (
    <section className={styles.banner} data-tone={tone} data-region="run" aria-label="Shown run">
      <span className={styles.icon}>
        {tone === 'warning' ? <TriangleAlert size={16} aria-hidden /> : icon}
      </span>
      <div className={styles.words}>{children}</div>
      <div className={styles.actions}>{actions}</div>
    </section>
  )
}

async function copyLink(): Promise<void> {
  await navigator.clipboard.writeText(location.href)
  toast.success('The link to this run is copied.')
}

function selectFlowId({ flow }: DocumentState): string {
  return flow.id
}

function selectIsOwn({ source }: WatchedRun): boolean {
  return source === 'started'
}

function selectDropped({ droppedEvents }: WatchedRun): number {
  return droppedEvents
}

function selectFirst({ log }: WatchedRun): WatchedRun['events'][number] | undefined {
  return log.events[0]
}

function selectStatus({ status }: WatchedRun): WatchedRun['status'] {
  return status
}

/** Why the log could not be read; a run that failed of itself ended before that. */
function selectReadFailure({ error, log }: WatchedRun): string | undefined {
  return log.latest.endedAt === undefined ? error?.message : undefined
}
