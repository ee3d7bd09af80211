import {
  context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span,
  type Tracer,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import type { RunEvent, RunEventOf } from '@millrace/flow'
import type { ObserveRun } from '../runs/run-observer.ts'

type Attributes = Readonly<Record<string, string | number>>

/** The spans of runs, and what they are to others. */
export interface RunSpans {
  readonly observeRun: ObserveRun
  /** The headers by which whoever a run asks puts itself below it; none of a run that is not traced. */
  readonly traceHeaders: (runId: string) => Readonly<Record<string, string>>
}

const propagator = new W3CTraceContextPropagator()

/**
 * Makes spans of the events of runs: one of the run, of each visit of a node, and of each call to the
 * outside, models by the conventions for generative AI. A run that is called is below its caller, and
 * one that a client asks for within a trace below that. What
 * was asked and answered is in no span.
 */
export function createRunSpans(tracer: Tracer): RunSpans {
  /** Of the runs that go on. */
  const runs = new Map<string, Span>()

  const observeRun: ObserveRun = (observed) => {
    const { flowId, origin, kind, environment, parentRunId, traceContext } = observed
    let run: Span | undefined
    let runId = ''
    const visits = new Map<number, Span>()

    const below = (parent: Span | undefined) =>
      parent === undefined ? context.active() : trace.setSpan(context.active(), parent)

    function endWith(span: Span | undefined, at: number, code?: string): void {
      if (code !== undefined) {
        span?.setAttribute('error.type', code).setStatus({ code: SpanStatusCode.ERROR })
      }
      span?.end(at)
    }

    function take(event: RunEvent): void {
      switch (event.type) {
        case 'run-start': {
          runId = event.runId
          const attributes = {
            'millrace.run.id': runId,
            'millrace.flow.id': flowId,
            'millrace.run.origin': origin,
            'millrace.run.kind': kind,
            'millrace.environment': environment,
          }
          const caller = parentRunId === null ? undefined : runs.get(parentRunId)
          const options = { startTime: event.at, attributes }
          const asked = propagator.extract(below(caller), traceContext ?? {}, defaultTextMapGetter)
          run = tracer.startSpan(`run ${flowId}`, options, asked)
          runs.set(runId, run)
          return
        }
        case 'node-start': {
          const parent = event.parent === undefined ? run : (visits.get(event.parent) ?? run)
          const attributes = { 'millrace.node.id': event.nodeId }
          const options = { startTime: event.at, attributes }
          visits.set(event.visit, tracer.startSpan(`node ${event.nodeId}`, options, below(parent)))
          return
        }
        case 'node-call': {
          const startTime = event.startedAt ?? event.at
          const options = { startTime, kind: SpanKind.CLIENT, attributes: attributesOf(event) }
          const span = tracer.startSpan(
            nameOf(event),
            options,
            below(visits.get(event.visit) ?? run),
          )
          span.end(event.ms === undefined ? event.at : startTime + event.ms)
          return
        }
        case 'node-end':
        case 'node-error':
          endWith(
            visits.get(event.visit),
            event.at,
            event.type === 'node-error' ? event.error.code : undefined,
          )
          visits.delete(event.visit)
          return
        case 'run-end':
          run?.setAttribute('millrace.run.outcome', event.outcome)
          endWith(run, event.at, event.error?.code)
          runs.delete(runId)
          return
        case 'node-input':
        case 'node-delta':
        case 'node-log':
        case 'run-yield':
          return
      }
    }

    return (entries) => {
      for (const { event } of entries) take(event)
    }
  }

  return {
    observeRun,
    traceHeaders(runId) {
      const run = runs.get(runId)
      const headers: Record<string, string> = {}
      if (run === undefined) return headers
      propagator.inject(trace.setSpan(context.active(), run), headers, defaultTextMapSetter)
      return headers
    },
  }
}

type Call = RunEventOf<'node-call'>

function nameOf(call: Call): string {
  if (call.kind !== 'model') return call.kind
  return [operationOf(call), call.model].filter((part) => part !== undefined).join(' ')
}

/** Only a model that writes says why it ended, and counts what it wrote. */
function operationOf({ finishReason, usage }: Call): 'chat' | 'embeddings' {
  const hasWritten = finishReason !== undefined || usage?.outputTokens !== 0
  return hasWritten ? 'chat' : 'embeddings'
}

function attributesOf(call: Call): Attributes {
  const { kind, attempt, model, usage, finishReason, firstByteMs, method, status } = call
  const attributes: Record<string, string | number | undefined> = {
    'millrace.call.kind': kind,
    'millrace.call.attempt': attempt,
    'http.request.method': method,
    'http.response.status_code': status,
    ...(kind === 'model'
      ? {
          'gen_ai.operation.name': operationOf(call),
          'gen_ai.response.model': model,
          'gen_ai.response.finish_reasons': finishReason,
          'gen_ai.usage.input_tokens': usage?.inputTokens,
          'gen_ai.usage.output_tokens': usage?.outputTokens,
          'gen_ai.response.time_to_first_chunk':
            firstByteMs === undefined ? undefined : firstByteMs / 1000,
        }
      : {}),
  }
  return Object.fromEntries(
    Object.entries(attributes).filter(
      (entry): entry is [string, string | number] => entry[1] !== undefined,
    ),
  )
}
