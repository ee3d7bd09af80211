import { FlowError, type RunView } from '@millrace/flow'
import type { ActiveRuns, Starter } from '../runs/active-runs.ts'
import type { RunRecord } from '../runs/run-record.ts'
import { unknownRun } from '../runs/unknown-run.ts'
import type { Principal } from './principal.ts'

/** Whether everything that was designed and run is open to a principal, not just runs of its own. */
function mayDesign(principal: Principal): boolean {
  switch (principal.kind) {
    case 'operator':
    case 'open':
      return true
    case 'key':
      return principal.policies.includes('configure')
    case 'visitor':
    case 'nobody':
      return false
  }
}

/** Whether a principal may run a flow. */
export function mayRun(principal: Principal, flowId: string): boolean {
  switch (principal.kind) {
    case 'operator':
    case 'open':
      return true
    case 'key':
      return principal.flows === 'all' || principal.flows.includes(flowId)
    case 'visitor':
      return principal.flowId === flowId
    case 'nobody':
      return false
  }
}

/** Throws `forbidden` when a principal may not run a flow. */
export function expectMayRun(principal: Principal, flowId: string): void {
  if (mayRun(principal, flowId)) return
  const scope =
    principal.kind === 'key' && principal.flows !== 'all'
      ? `The API key is for ${principal.flows.map((id) => `"${id}"`).join(', ')}`
      : 'The token is for another flow'
  throw new FlowError(
    'forbidden',
    `${scope} and may not run "${flowId}". Use a key whose flows include it.`,
  )
}

/** What a run keeps of who starts it; `undefined` for who designs, and anybody on an open server. */
export function starterOf(principal: Principal): Starter | undefined {
  switch (principal.kind) {
    case 'key':
      return { id: `key:${principal.keyId}`, maxRuns: principal.limits.concurrentRuns }
    case 'visitor':
      return { id: `visitor:${principal.flowId}:${principal.visitorId}`, maxRuns: null }
    case 'operator':
    case 'open':
    case 'nobody':
      return undefined
  }
}

/**
 * Whether a principal may read, follow, resume and stop a run. What a visitor's feedback started is of
 * another flow, which is none of the visitor's business.
 */
export function ownsRun(
  principal: Principal,
  { startedBy, flowId }: Pick<RunRecord, 'startedBy' | 'flowId'>,
): boolean {
  if (principal.kind === 'visitor' && principal.flowId !== flowId) return false
  return mayDesign(principal) || (startedBy !== null && startedBy === starterOf(principal)?.id)
}

/** A run that a principal may read. Throws `not_found` for those of others, as if there were none. */
export async function findOwnRun(
  runs: Pick<ActiveRuns, 'find'>,
  { runId, principal }: { readonly runId: string; readonly principal: Principal },
): Promise<RunRecord> {
  const record = await runs.find(runId)
  if (ownsRun(principal, record)) return record
  throw unknownRun(runId)
}

/**
 * The view of a run that a principal gets: all of it for who designs, unless they ask for less; for
 * visitors their own, whatever they ask for. Throws `forbidden` when others ask for all of it.
 */
export function viewFor(principal: Principal, wanted?: 'full' | 'client'): RunView {
  if (wanted === 'full') expectDesigner(principal)
  if (principal.kind === 'visitor') return 'visitor'
  return wanted ?? (mayDesign(principal) ? 'full' : 'client')
}

/** Throws `forbidden` for who may see of a run only what its clients do. */
export function expectDesigner(principal: Principal): void {
  if (mayDesign(principal)) return
  throw new FlowError(
    'forbidden',
    'This is for who designs. Ask for "view": "client", or use a key with the policy configure.',
  )
}
