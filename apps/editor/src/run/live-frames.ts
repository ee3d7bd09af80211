import {
  isRecord,
  type ErrorShape,
  type Flow,
  type Pin,
  type RunEvent,
  type RunStateJson,
} from '@millrace/flow'

/** Which part of a flow is to run; all of it when nothing is said. */
export interface RunPart {
  /** The node behind which the run stops. */
  readonly until?: string
  /** The run whose input and outputs are taken over, and the node from which on all runs. */
  readonly again?: { readonly runId: string; readonly from: string }
}

/** The same, with what nodes have that shall not run, by their ids. */
export interface PinnedPart extends RunPart {
  readonly pinned?: Readonly<Record<string, Pin>>
}

/** What the editor says on `/api/live`, one JSON object a frame. */
export type ClientFrame =
  | ({
      readonly type: 'start'
      readonly ref: string
      readonly flow: Flow
      readonly input: unknown
      /** A test can be made of it. */
      readonly record: true
    } & PinnedPart)
  | {
      readonly type: 'attach'
      readonly runId: string
      readonly after: number
      /** Everything is recorded from now on, for as long as somebody watches. */
      readonly watch?: boolean
    }
  | { readonly type: 'stop'; readonly runId: string }
  | { readonly type: 'ping' }

/** What the server says on `/api/live`. */
export type ServerFrame =
  | { readonly type: 'started'; readonly ref: string; readonly runId: string }
  | { readonly type: 'events'; readonly runId: string; readonly events: readonly RunEvent[] }
  | {
      readonly type: 'snapshot'
      readonly runId: string
      /** The number of the last event in `state`; what follows it comes as `events`. */
      readonly seq: number
      readonly state: RunStateJson
    }
  | {
      readonly type: 'error'
      readonly ref?: string
      readonly runId?: string
      readonly error: ErrorShape
    }
  | { readonly type: 'pong' }

/** Reads a frame; `undefined` for what this editor does not know, which a newer server may send. */
export function readServerFrame(data: unknown): ServerFrame | undefined {
  const frame = typeof data === 'string' ? parseJson(data) : undefined
  if (!isRecord(frame)) return undefined
  switch (frame['type']) {
    case 'started':
    case 'events':
    case 'snapshot':
    case 'error':
    case 'pong':
      // Our own server of the same build sent it, over a socket of our own origin.
      return frame as unknown as ServerFrame
    default:
      return undefined
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
