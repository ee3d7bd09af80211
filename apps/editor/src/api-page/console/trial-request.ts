import type { JsonObject } from '@millrace/flow'
import type { ApiTarget } from '../api-target.ts'
import { bodyOf, pathOf, textIn, type CallName } from '../flow-call.ts'

/** How an answer may come, where there is a choice. */
export type FramingName = 'sse' | 'ndjson' | 'json' | 'whole'

export interface FramingOption {
  readonly value: FramingName
  readonly label: string
}

/** The framings of a call, the default first; none where there is one only. */
export function framingsOf(call: CallName): readonly FramingOption[] {
  switch (call) {
    case 'stream':
      return [
        { value: 'sse', label: 'Events' },
        { value: 'ndjson', label: 'NDJSON' },
        { value: 'json', label: 'JSON array' },
      ]
    case 'completion':
      return [
        { value: 'sse', label: 'Streamed' },
        { value: 'whole', label: 'Whole' },
      ]
    case 'chat':
    case 'run':
    case 'submit':
      return []
  }
}

/** What somebody chose to send. */
export interface Trial {
  readonly call: CallName
  readonly framing: FramingName
  readonly input: JsonObject
  /** Empty: as who designs here. */
  readonly key: string
}

/** A call as `fetch` takes it, and by what the first value in its answer is known. */
export interface TrialRequest {
  readonly path: string
  readonly init: RequestInit
  readonly firstValue: RegExp
}

const accepted: Readonly<Record<FramingName, string>> = {
  sse: 'text/event-stream',
  ndjson: 'application/x-ndjson',
  json: 'application/json',
  whole: 'application/json',
}

/** The request of a trial; it says where it runs, since who designs would run the draft. */
export function trialRequest(
  { flowId, environment }: Pick<ApiTarget, 'flowId' | 'environment'>,
  { call, framing, input, key }: Trial,
): TrialRequest {
  const isStreamed = framing !== 'whole'
  const sessionId = call === 'completion' ? textIn(input, 'sessionId') : ''
  return {
    path: `${pathOf(call, flowId)}?env=${environment}`,
    init: {
      method: 'POST',
      // A key must count by itself, not the session of who designs.
      credentials: key === '' ? 'same-origin' : 'omit',
      headers: {
        'content-type': 'application/json',
        ...(call === 'stream' ? { accept: accepted[framing] } : {}),
        ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
        ...(sessionId === '' ? {} : { 'x-session-id': sessionId }),
      },
      body: JSON.stringify(bodyOf(call, { flowId, input, isStreamed })),
    },
    firstValue: firstValueOf(call, framing),
  }
}

/** A head, a role and a start are no values yet. */
function firstValueOf(call: CallName, framing: FramingName): RegExp {
  switch (call) {
    case 'stream':
      if (framing === 'sse') return /^event: yield$/m
      return framing === 'ndjson' ? /"value":/ : /\[./
    case 'completion':
      return framing === 'whole' ? /./ : /"content":"[^"]/
    case 'chat':
      return /"type":"(?:text-delta|data-|source-)/
    case 'run':
    case 'submit':
      return /./
  }
}
