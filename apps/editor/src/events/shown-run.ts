import { applyEvents, initialRunState, type RunEvent, type RunState } from '@millrace/flow'
import { create } from 'zustand'
import { toApiError } from '../api/api-error.ts'
import { readRunEvents } from '../api/runs-api.ts'
import { runCommands, subscribeToRun } from '../run/run-store.ts'
import { sessionCommands } from '../session/session-store.ts'

/** A run of the history that the Events panel shows in the place of the watched one. */
export interface EarlierRun {
  readonly runId: string
  /** What it was about: the question that started it. */
  readonly title: string
  readonly status: 'loading' | 'ready' | 'failed'
  readonly events: readonly RunEvent[]
  readonly state: RunState
  /** Why it could not be read, or not to its end. */
  readonly failure: string | undefined
}

/** Which run the Events panel shows; `undefined` is the watched one. */
export const useShownRun = create<{ readonly earlier: EarlierRun | undefined }>()(() => ({
  earlier: undefined,
}))

let reading: AbortController | undefined

/** What the Events panel shows. */
export const shownRunCommands = {
  /** Opens the events of a run: those in view anyway when it is watched, else from the history. */
  async show(runId: string, title: string): Promise<void> {
    shownRunCommands.showWatched()
    sessionCommands.openBottomPanel('events')
    if (runCommands.current().runId === runId) return
    const own = new AbortController()
    reading = own
    put({
      runId,
      title,
      status: 'loading',
      events: [],
      state: initialRunState,
      failure: undefined,
    })
    try {
      for await (const batch of readRunEvents(runId, own.signal)) {
        if (own.signal.aborted) return
        take(batch)
      }
      change({ status: 'ready' })
    } catch (thrown) {
      if (!own.signal.aborted) change({ status: 'failed', failure: toApiError(thrown).message })
    }
  },
  showWatched(): void {
    reading?.abort()
    reading = undefined
    put(undefined)
  },
}

function take(batch: readonly RunEvent[]): void {
  const { earlier } = useShownRun.getState()
  if (earlier === undefined) return
  change({ events: [...earlier.events, ...batch], state: applyEvents(earlier.state, batch) })
}

function change(changes: Partial<EarlierRun>): void {
  const { earlier } = useShownRun.getState()
  if (earlier !== undefined) put({ ...earlier, ...changes })
}

function put(earlier: EarlierRun | undefined): void {
  useShownRun.setState({ earlier })
}

// Whoever starts a run wants to see that one.
subscribeToRun((run, before) => {
  if (run.ref !== before.ref) shownRunCommands.showWatched()
})
