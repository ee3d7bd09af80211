import {
  emptyFlow,
  isRecord,
  parseFlow,
  type Attachment,
  type Edge,
  type Flow,
} from '@millrace/flow'
import { foreignFormat, foreignText } from '../import/foreign-format.ts'
import { copiedKind, copiedVersion, type CopiedPart, type Incoming } from './copied-part.ts'

/** What a text on the clipboard turned out to be. */
export type ClipboardContent =
  | { readonly status: 'part'; readonly part: CopiedPart }
  | { readonly status: 'text' }
  | { readonly status: 'refused'; readonly reason: string }

/** Reads the text of the clipboard or of a file: a copied part, a whole flow, or plain text. */
export function readClipboard(text: string): ClipboardContent {
  const value = readJson(text)
  const product = value === undefined ? foreignText(text) : foreignFormat(value)
  if (product !== undefined) {
    return refused(`This is a flow of ${product}, which Millrace cannot read.`)
  }
  if (Array.isArray(value)) return readList(value)
  if (isRecord(value)) return value['kind'] === copiedKind ? readCopied(value) : readWhole(value)
  return /^\s*[[{][^]*"millrace\/(?:flow|nodes)"/.test(text)
    ? refused('This flow is not sound JSON. “Import…” in the menu of the flow says where.')
    : { status: 'text' }
}

/** What *Export* made of one flow and its tests, or of several flows. */
function readList(list: readonly unknown[]): ClipboardContent {
  const flows = list.filter(isRecord).filter(({ format }) => format === 'millrace/flow')
  const [only] = flows
  if (only === undefined) return { status: 'text' }
  return flows.length === 1
    ? readWhole(only)
    : refused(`These are ${flows.length} flows; import them on the Flows page.`)
}

function readWhole(value: Readonly<Record<string, unknown>>): ClipboardContent {
  const flow = readFlow(value)
  if (typeof flow === 'string') return refused(flow)
  const incoming = { edges: [], attachments: [] }
  return { status: 'part', part: { flow, incoming, isWholeFlow: true } }
}

function readCopied(value: Readonly<Record<string, unknown>>): ClipboardContent {
  if (value['version'] !== copiedVersion) {
    return refused('These nodes were copied in a newer Millrace. Update this one to paste them.')
  }
  const { id, name } = isRecord(value['from']) ? value['from'] : {}
  const document = { ...emptyFlow('copied', 'Copied'), id, name }
  const layout = { nodes: value['positions'], notes: value['notes'] }
  const { nodes, edges, attachments, variables } = value
  const flow = readFlow({ ...document, nodes, edges, attachments, variables, layout })
  if (typeof flow === 'string') return refused(flow)
  const incoming = readIncoming(value['incoming'])
  return { status: 'part', part: { flow, incoming, isWholeFlow: false } }
}

/** What is not of its shape is left out: the nodes are pasted without it. */
function readIncoming(value: unknown): Incoming {
  const { edges, attachments } = isRecord(value) ? value : {}
  return {
    edges: Array.isArray(edges) ? edges.filter(isEdge) : [],
    attachments: Array.isArray(attachments) ? attachments.filter(isAttachment) : [],
  }
}

function isEdge(value: unknown): value is Edge {
  return isRecord(value) && isPort(value['from']) && typeof value['to'] === 'string'
}

function isAttachment(value: unknown): value is Attachment {
  return isRecord(value) && isPort(value['host']) && typeof value['resource'] === 'string'
}

function isPort(value: unknown): value is readonly [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'string')
}

function refused(reason: string): ClipboardContent {
  return { status: 'refused', reason }
}

/** The flow, or why it is none. */
function readFlow(value: Readonly<Record<string, unknown>>): Flow | string {
  const result = parseFlow(value)
  switch (result.status) {
    case 'flow': {
      const isEmpty = result.flow.nodes.length + (result.flow.layout?.notes?.length ?? 0) === 0
      return isEmpty ? 'The copied flow is empty.' : result.flow
    }
    case 'newer':
      return `This flow is written in version ${result.version} of the format, which is newer than this editor.`
    case 'malformed':
      return `This JSON is no flow: ${result.problems[0]?.message ?? 'it is malformed.'}`
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
