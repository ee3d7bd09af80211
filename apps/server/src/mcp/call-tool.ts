import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { FlowError, isRecord, readValue, toFlowError, type RunEventOf } from '@millrace/flow'
import { followRun, type LogEntry, type RunLog } from '@millrace/engine'
import type { Logger } from 'pino'
import { starterOf } from '../access/own-runs.ts'
import type { Principal } from '../access/principal.ts'
import { AnswerText } from '../chat/answer-text.ts'
import type { TraceContext } from '../http/trace-context.ts'
import type { ActiveRuns } from '../runs/active-runs.ts'
import { errorOfEnd } from '../runs/error-of-end.ts'
import type { Readers } from '../runs/readers.ts'
import { misfitOf } from './misfit-of.ts'
import type { PlannedTool } from './tools.ts'

/** What calling a tool takes of the server. */
export interface ToolCalls {
  readonly runs: Pick<ActiveRuns, 'start' | 'stop'>
  readonly log: RunLog
  readonly readers: Pick<Readers, 'enter'>
  readonly logger: Pick<Logger, 'error'>
}

export interface ToolCall extends PlannedTool {
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
  let runId: string | undefined
  try {
    runId = await start(calls, call)
    return { ...(await answerOf(calls, { ...call, runId })), ...metaOf(runId) }
  } catch (error) {
    if (!(error instanceof FlowError)) {
      calls.logger.error({ err: error, runId }, 'a call of a tool failed')
    }
    const { code, message } = toFlowError(error)
    return {
      isError: true,
      content: [{ type: 'text', text: `${message} (${code})` }],
      ...(runId === undefined ? {} : metaOf(runId)),
    }
  }
}

function metaOf(runId: string): Pick<CallToolResult, '_meta'> {
  return { _meta: { 'millrace/runId': runId } }
}

async function start(
  { runs }: ToolCalls,
  { plan, environment, principal, input, traceContext }: ToolCall,
): Promise<string> {
  const { id } = await runs.start(plan, {
    input,
    kind: 'streaming',
    environment,
    origin: 'client',
    starter: starterOf(principal),
    traceContext,
  })
  return id
}

/** Follows the run of a call to its end. Throws what it failed with. */
async function answerOf(
  { runs, log, readers }: ToolCalls,
  { runId, cancelled, left, onProgress, ...call }: ToolCall & { readonly runId: string },
): Promise<CallToolResult> {
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
  expectPromised(end.result, call)
  return {
    content: [{ type: 'text', text }],
    // The protocol knows records alone, so that a program need not parse the text of one.
    ...(isRecord(end.result) ? { structuredContent: { ...end.result } } : {}),
  }
}

/** Throws `flow_invalid` for a result that is not what the tool's output schema says. */
function expectPromised(
  result: unknown,
  { plan, results }: Pick<ToolCall, 'plan' | 'results'>,
): void {
  const misfits = results?.map((type) => misfitOf(result, type)) ?? []
  const [misfit] = misfits
  if (misfit === undefined || misfits.includes(undefined)) return
  const what = misfits.length === 1 ? `: ${misfit}` : ', in none of the ways in which it may end'
  throw new FlowError(
    'flow_invalid',
    `The flow "${plan.flow.id}" ran, but what it returned is not what its output schema says${what}. Mend what its "Return" is given, or what a node before it claims to give.`,
  )
}

function onAbort(signal: AbortSignal, listener: () => void): void {
  signal.addEventListener('abort', listener)
  if (signal.aborted) listener()
}
