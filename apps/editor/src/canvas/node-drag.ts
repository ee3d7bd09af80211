import type { NodeDefinition } from '@millrace/flow'
import type { DragEvent } from 'react'
import { registry } from '../registry.ts'

/** What a dragged entry of a palette carries: the node's type. */
const mediaType = 'application/x-millrace-node-type'

/** Starts to drag a node's type out of a palette. */
export function startNodeDrag({ dataTransfer }: DragEvent, { type }: NodeDefinition): void {
  dataTransfer.setData(mediaType, type)
  dataTransfer.effectAllowed = 'copy'
}

/** Whether a node's type is being dragged; which one is told only where it is dropped. */
export function isNodeDrag({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes(mediaType)
}

/** The definition of the node that was dropped. */
export function droppedNode({ dataTransfer }: DragEvent): NodeDefinition | undefined {
  return registry.nodes.get(dataTransfer.getData(mediaType))
}
