import {
  continuePortOf,
  execPortsOf,
  type Flow,
  type NodeDefinition,
  type Registry,
} from '@millrace/flow'
import type { PickerOrigin } from '../session/opened.ts'
import { attachInId, attachmentId, execInId, execOutId } from './card-layout.ts'
import { attachmentPortFor } from './node-picker.ts'

/**
 * How a node that is added beside another is wired: to its first exit that leads nowhere, else into
 * the edge behind it; a resource to its host. Empty when the two have nothing to do with each other.
 */
export function originBeside(
  flow: Flow,
  registry: Registry,
  { besideId, definition }: { readonly besideId: string; readonly definition: NodeDefinition },
): PickerOrigin {
  const node = flow.nodes.find(({ id }) => id === besideId)
  const beside = node && registry.nodes.get(node.type)
  if (node === undefined || beside === undefined) return {}

  const attachments = flow.attachments ?? []
  const slot = definition.provides && attachmentPortFor(beside, definition.provides)
  if (slot !== undefined) {
    const isTaken = attachments.some(({ host }) => host[0] === besideId && host[1] === slot)
    return isTaken ? {} : { from: [besideId, attachmentId(slot)] }
  }
  if (beside.provides !== undefined) {
    const isAttached = attachments.some(({ resource }) => resource === besideId)
    const takes = attachmentPortFor(definition, beside.provides) !== undefined
    return takes && !isAttached ? { to: [besideId, attachInId] } : {}
  }
  if (definition.kind === 'trigger') {
    const isLedTo = beside.exec?.in !== true || flow.edges.some(({ to }) => to === besideId)
    return isLedTo ? {} : { to: [besideId, execInId] }
  }
  if (definition.exec?.in !== true) return {}

  const edgeAt = (port: string) =>
    flow.edges.find(({ from }) => from[0] === besideId && from[1] === port)
  const free = execPortsOf(beside, node).find(({ id }) => edgeAt(id) === undefined)
  if (free !== undefined) return { from: [besideId, execOutId(free.id)] }
  const splice = edgeAt(continuePortOf(beside) ?? '')
  return splice !== undefined && continuePortOf(definition) !== undefined ? { splice } : {}
}
