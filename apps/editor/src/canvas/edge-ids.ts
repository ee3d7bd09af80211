import type { Attachment, Edge } from '@millrace/flow'
import { attachmentId, execOutId } from './card-layout.ts'

/** The id of an exec edge on the canvas. An exec-out takes one edge, so it names the edge. */
export function execEdgeId({ from: [nodeId, port] }: Edge): string {
  return `${nodeId} ${execOutId(port)}`
}

/** The id of an attachment edge on the canvas. */
export function attachmentEdgeId({ host: [nodeId, port], resource }: Attachment): string {
  return `${nodeId} ${attachmentId(port)} ${resource}`
}
