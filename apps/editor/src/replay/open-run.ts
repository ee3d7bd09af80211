import type { Flow } from '@millrace/flow'
import { toApiError } from '../api/api-error.ts'
import { findRun, type StoredRun } from '../api/run-history-api.ts'
import { navigate, runPath } from '../app/router.ts'
import { useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { runCommands } from '../run/run-store.ts'
import { useOpenedRun, type OpenedRun, type RanDocument } from './opened-run.ts'
import { readRanFlow } from './read-ran-flow.ts'
import { replayCommands } from './replay-store.ts'
import { asRan, isSameProgram } from './same-program.ts'

export interface RunToOpen {
  readonly runId: string
  /** Whether the open document is what the run ran, and no flow of the server. */
  readonly isGone: boolean
}

/** Reads a run and what it ran, and shows it in the designer; one that goes on is watched. */
export async function openRun({ runId, isGone }: RunToOpen, signal: AbortSignal): Promise<void> {
  put({ status: 'reading', runId })
  try {
    const facts = await findRun(runId, signal)
    const flow = await readRanFlow(runId, signal)
    if (signal.aborted) return
    show(facts, flow, isGone)
  } catch (thrown) {
    if (!signal.aborted) put({ status: 'failed', runId, error: toApiError(thrown) })
  }
}

/** Goes back to the flow as it is edited, and to the run that was started here before. */
export function closeRun(): void {
  replayCommands.close()
  put({ status: 'none' })
  runCommands.leave()
}

/** Chooses which document is on the canvas where what ran differs from the flow as it is now. */
export function showDocument(view: 'ran' | 'now'): void {
  const opened = useOpenedRun.getState()
  if (opened.status === 'open') put({ ...opened, view })
}

function show(facts: StoredRun, ran: Flow | undefined, isGone: boolean): void {
  const { flow: open } = useDocument.getState()
  // A run is shown on the canvas of its own flow, whatever the address said.
  if (facts.flowId !== open.id) {
    navigate(runPath(facts.flowId, facts.id), { replace: true })
    return
  }
  const document = ran === undefined ? undefined : asRan(ran, open, registry)
  runCommands.open({ runId: facts.id, status: facts.state, document })
  put({
    status: 'open',
    runId: facts.id,
    facts,
    ran: isGone ? { kind: 'gone', flow: document ?? open } : comparedWith(document, open),
    view: 'ran',
  })
  replayCommands.open()
}

function comparedWith(ran: Flow | undefined, open: Flow): RanDocument {
  if (ran === undefined) return { kind: 'lost' }
  return isSameProgram(ran, open) ? { kind: 'same' } : { kind: 'other', flow: ran }
}

function put(opened: OpenedRun): void {
  useOpenedRun.setState(opened, true)
}
