import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { isRecord, readValue, toFlowError, type RunEventOf } from '@millrace/flow'
import { followRun, type LogEntry, type RunLog } from '@millrace/engine'
import { starterOf } from '../access/own-runs.ts'
import type { Principal } from '../access/principal.ts'
import { AnswerText } from '../chat/answer-text.ts'
import type { PlannedFlow } from '../environments/plan-for.ts'
import type { TraceContext } from '../http/trace-context.ts'
import type { ActiveRuns } from '../runs/active-runs.ts'
import { errorOfEnd } from '../runs/error-of-end.ts'
import type { Readers } from '../runs/readers.ts'

/** What calling a tool takes of the server. */
export interface ToolCalls {
  readonly runs: Pick<ActiveRuns, 'start' | 'stop'>
  readonly log: RunLog
  readonly readers: Pick<Readers, 'enter'>
}

export interface ToolCall extends PlannedFlow {
  readonly principal: Principal
  /** `undefined` when the caller sent none. */
  readonly input: unknown
  /** The trace in which the caller asks. */
  readonly traceContext: TraceContext | undefined
  /** Aborted when the caller takes the call back: its run is stopped. */
  readonly cancelled: AbortSignal
  /** Aborted when the caller is gone: its run goes on or not, as its flow's settings say. */
  readonly left: AbortSignal
  /** Told how many values were yielded, with the last status among them. */
  readonly onProgress: (progress: number, message: string | undefined) => void
}

/**
 * Runs a flow as a tool and waits for its end. What goes wrong is an answer too: a model that reads
 * it can do better.
 */
export async function callTool(calls: ToolCalls, call: ToolCall): Promise<CallToolResult> {
  try {
    return await run(calls, call)
  } catch (error) {
    const { code, message } = toFlowError(error)
    return { isError: true, content: [{ type: 'text', text: `${message} (${code})` }] }
  }
}

async function run(
  { runs, log, readers }: ToolCalls,
  { plan, environment, principal, input, traceContext, cancelled, left, onProgress }: ToolCall,
): Promise<CallToolResult> {
  const { id: runId } = await runs.start(plan, {
    input,
    kind: 'streaming',
    environment,
    origin: 'client',
    starter: starterOf(principal),
    traceContext,
  })
  const leave = readers.enter(runId, 'client')
  const stop = () => void runs.stop(runId).catch(() => undefined)
  onAbort(left, leave)
  onAbort(cancelled, stop)
  const answer = new AnswerText()
  let text = ''
  let progress = 0
  let end: RunEventOf<'run-end'> | undefined

  function take(entries: readonly LogEntry[]): void {
    let message: string | undefined
    const before = progress
    for (const entry of entries) {
      text += answer.take(entry)
      if (entry.event.type === 'run-end') end = entry.event
      if (entry.event.type !== 'run-yield') continue
      progress += 1
      const value = readValue(entry.event.value)
      if (value.kind === 'status') message = value.text
    }
    if (progress > before) onProgress(progress, message)
  }

  try {
    await followRun(log, {
      runId,
      after: 0,
      // The run ends, whether it is stopped, left or waited for.
      signal: new AbortController().signal,
      sink: {
        write(entries) {
          take(entries)
          return entries.length
        },
        drained: () => Promise.resolve(),
      },
    })
  } finally {
    leave()
    left.removeEventListener('abort', leave)
    cancelled.removeEventListener('abort', stop)
  }
  if (end?.outcome !== 'completed') throw errorOfEnd(end?.outcome ?? 'interrupted', end?.error)
  return {
    content: [{ type: 'text', text }],
    // The protocol knows records alone, so that a program need not parse the text of one.
    ...(isRecord(end.result) ? { structuredContent: { ...end.result } } : {}),
    _meta: { 'millrace/runId': runId },
  }
}

function onAbort(signal: AbortSignal, listener: () => void): void {
  signal.addEventListener('abort', listener)
  if (signal.aborted) listener()
}
