import { pinMisfit, type Flow, type Pin } from '@millrace/flow'
import { nodeIn } from '../document/node-in.ts'
import { scopesIn } from '../document/scopes-in.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { pinCommands, usePins, type Pins } from './pin-store.ts'

/** A node that is pinned. */
export interface PinnedNode {
  readonly pin: Pin
  /** Why the pin is not used, as a sentence; `undefined` for one that is. */
  readonly misfit: string | undefined
}

/** Why a pin does not fit its node as that is now; `undefined` when it does. */
export function misfitOf(flow: Flow, nodeId: string, pin: Pin): string | undefined {
  const definition = registry.nodes.get(nodeIn(flow, nodeId)?.type ?? '')
  if (definition?.kind !== 'action') return 'Only an action can be pinned.'
  return pinMisfit(pin, { outputs: scopesIn(flow, registry).outputsOf(nodeId), flow })
}

/** The nodes of a flow that are pinned, those whose pins do not fit included. */
export function pinnedNodes(flow: Flow, pins: Pins): ReadonlyMap<string, PinnedNode> {
  const present = Object.entries(pins).filter(([nodeId]) => nodeIn(flow, nodeId) !== undefined)
  return new Map(
    present.map(([nodeId, pin]) => [nodeId, { pin, misfit: misfitOf(flow, nodeId, pin) }]),
  )
}

/** The pins that a run of a flow is given. */
export function usedPins(flow: Flow, pins: Pins): Pins {
  const fitting = [...pinnedNodes(flow, pins)].filter(([, { misfit }]) => misfit === undefined)
  return Object.fromEntries(fitting.map(([nodeId, { pin }]) => [nodeId, pin]))
}

/** The pin of one node; re-renders when that, or whether it fits, has changed. */
export function usePinnedNode(nodeId: string): PinnedNode | undefined {
  const flowId = useDocument(selectFlowId)
  const pin = usePins(({ flows }) => flows[flowId]?.[nodeId])
  const misfit = useDocument(({ flow }) =>
    pin === undefined ? undefined : misfitOf(flow, nodeId, pin),
  )
  return pin === undefined ? undefined : { pin, misfit }
}

/** How many nodes of the open flow are pinned, also in vain. */
export function countPins(): number {
  const { flow } = useDocument.getState()
  return pinnedNodes(flow, pinCommands.of(flow.id)).size
}

/** How many pins a run of the open flow would have now. */
export function countUsedPins(): number {
  const { flow } = useDocument.getState()
  return Object.keys(usedPins(flow, pinCommands.of(flow.id))).length
}

/** The same, for what shows it. */
export function useUsedPins(): number {
  const pins = useFlowPins()
  return useDocument(({ flow }) => Object.keys(usedPins(flow, pins)).length)
}

/** The pins of the open flow. */
export function useFlowPins(): Pins {
  const flowId = useDocument(selectFlowId)
  return usePins(({ flows }) => flows[flowId]) ?? none
}

const none: Pins = {}

function selectFlowId({ flow }: DocumentState): string {
  return flow.id
}
