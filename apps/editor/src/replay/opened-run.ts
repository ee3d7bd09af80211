import type { Flow } from '@millrace/flow'
import { create } from 'zustand'
import type { ApiError } from '../api/api-error.ts'
import type { StoredRun } from '../api/run-history-api.ts'

/** What a run ran, beside the flow as it is now. */
export type RanDocument =
  /** It would run alike today. */
  | { readonly kind: 'same' }
  | { readonly kind: 'other'; readonly flow: Flow }
  /** There is no such flow now. */
  | { readonly kind: 'gone'; readonly flow: Flow }
  /** It is no longer kept, or no longer readable. */
  | { readonly kind: 'lost' }

/** The run that the address names, in the designer's place of the flow as it is edited. */
export type OpenedRun =
  | { readonly status: 'none' }
  | { readonly status: 'reading'; readonly runId: string }
  | { readonly status: 'failed'; readonly runId: string; readonly error: ApiError }
  | {
      readonly status: 'open'
      readonly runId: string
      readonly facts: StoredRun
      readonly ran: RanDocument
      /** Which of the two documents is on the canvas where they differ. */
      readonly view: 'ran' | 'now'
    }

/** Which run is opened, for all that shows it. What happened in it is in the run store. */
export const useOpenedRun = create<OpenedRun>()(() => ({ status: 'none' }))

/** The document that stands on the canvas in the place of the open one, to be looked at only. */
export function selectRanFlow(opened: OpenedRun): Flow | undefined {
  if (opened.status !== 'open') return undefined
  const { ran, view } = opened
  return ran.kind === 'gone' || (ran.kind === 'other' && view === 'ran') ? ran.flow : undefined
}

/** Whether the flow of the run is no longer there, so that the run can only be looked at. */
export function selectIsGone(opened: OpenedRun): boolean {
  return opened.status === 'open' && opened.ran.kind === 'gone'
}
