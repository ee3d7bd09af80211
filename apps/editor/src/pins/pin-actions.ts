import type { Pin } from '@millrace/flow'
import { nodeIn } from '../document/node-in.ts'
import { scopesIn } from '../document/scopes-in.ts'
import { useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { runCommands } from '../run/run-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { toast } from '../ui/toast.ts'
import { pinOfRun } from './pin-of-run.ts'
import { pinCommands } from './pin-store.ts'
import { misfitOf } from './pinned-nodes.ts'

/** Why a node cannot be pinned, as a sentence; `undefined` when it can. */
export function whyNotPin(nodeId: string): string | undefined {
  const { flow } = useDocument.getState()
  const node = nodeIn(flow, nodeId)
  if (registry.nodes.get(node?.type ?? '')?.kind !== 'action')
    return 'Only an action can be pinned.'
  return scopesIn(flow, registry).outputsOf(nodeId).length === 0
    ? 'The node gives nothing that others use, so there is nothing to pin. Disable it instead.'
    : undefined
}

/**
 * Pins nodes to what they gave in the run that is shown, or unpins them when all of them are pinned.
 * For a single one that gave nothing, it opens the editor of pins.
 */
export function togglePins(nodeIds: readonly string[]): void {
  const { flow } = useDocument.getState()
  const known = pinCommands.of(flow.id)
  const pinnable = nodeIds.filter((id) => known[id] !== undefined || whyNotPin(id) === undefined)
  if (pinnable.every((id) => known[id] !== undefined)) {
    pinCommands.unpin(flow.id, pinnable)
    return
  }
  const fresh = pinnable.filter((id) => known[id] === undefined)
  const given = fresh.flatMap((id): [string, Pin][] => {
    const pin = givenBy(id)
    return pin === undefined || misfitOf(flow, id, pin) !== undefined ? [] : [[id, pin]]
  })
  pinCommands.pin(flow.id, Object.fromEntries(given))
  const [first] = fresh
  if (given.length > 0 || first === undefined) return
  if (fresh.length === 1) sessionCommands.open({ kind: 'pin', nodeId: first })
  else toast.info('None of them gave anything in the last run. Run the flow, then pin them.')
}

function givenBy(nodeId: string): Pin | undefined {
  const { document, state } = runCommands.current()
  return document && pinOfRun(document, state.nodes.get(nodeId))
}
