import { isRecord, type Pin } from '@millrace/flow'
import { create } from 'zustand'
import { nodeIn } from '../document/node-in.ts'
import { useDocument } from '../document/document-store.ts'
import { keepText, readKept } from '../session/kept.ts'

/** What is pinned in a flow, by node id; also of nodes that are gone, and may come back by an undo. */
export type Pins = Readonly<Record<string, Pin>>

/** What this browser has pinned. Pins are the designer's: they are in no flow, and no client's run has them. */
export interface PinState {
  /** By the id of the flow, as far as it was opened. */
  readonly flows: Readonly<Record<string, Pins>>
}

/** The store of pins, read through selectors. */
export const usePins = create<PinState>()(() => ({ flows: {} }))

const none: Pins = {}
/** More than that is not kept over a reload, in characters. */
const longestKept = 1_000_000

/** Reads and changes pins. */
export const pinCommands = {
  pin(flowId: string, pins: Pins): void {
    put(flowId, { ...pinsOf(flowId), ...pins })
  },
  unpin(flowId: string, nodeIds: Iterable<string>): void {
    const gone = new Set(nodeIds)
    const left = Object.entries(pinsOf(flowId)).filter(([nodeId]) => !gone.has(nodeId))
    put(flowId, Object.fromEntries(left))
  },
  of: pinsOf,
}

function pinsOf(flowId: string): Pins {
  return usePins.getState().flows[flowId] ?? none
}

/** Of a node that is gone only this page knows, since only it can undo that. */
function keepPins(flowId: string, pins: Pins): void {
  const { flow } = useDocument.getState()
  const left = Object.entries(pins).filter(([nodeId]) => nodeIn(flow, nodeId) !== undefined)
  const text = JSON.stringify(Object.fromEntries(left))
  keepText(keyOf(flowId), left.length > 0 && text.length <= longestKept ? text : undefined)
}

function put(flowId: string, pins: Pins): void {
  usePins.setState(({ flows }) => ({ flows: { ...flows, [flowId]: pins } }))
  keepPins(flowId, pins)
}

function readPins(flowId: string): Pins {
  const kept = readKept(keyOf(flowId))
  if (!isRecord(kept)) return none
  return Object.fromEntries(
    Object.entries(kept).flatMap(([nodeId, pin]) => (isPin(pin) ? [[nodeId, pin] as const] : [])),
  )
}

function isPin(value: unknown): value is Pin {
  if (!isRecord(value)) return false
  const { outputs, variables } = value
  return isRecord(outputs) && (variables === undefined || isRecord(variables))
}

function keyOf(flowId: string): string {
  return `millrace.pins.${flowId}`
}

// What was kept of a flow comes in when it is opened.
useDocument.subscribe(({ flow, opening }, before) => {
  if (opening === before.opening || usePins.getState().flows[flow.id] !== undefined) return
  const kept = readPins(flow.id)
  usePins.setState(({ flows }) => ({ flows: { ...flows, [flow.id]: kept } }))
})
