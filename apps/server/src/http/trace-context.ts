/** The trace that a request belongs to, as its headers by W3C Trace Context say it. */
export interface TraceContext {
  readonly traceparent: string
  readonly tracestate?: string
}

/** What a client says of the trace that it asks in; `undefined` when it says nothing. */
export function traceContextOf({
  headers: { traceparent, tracestate },
}: {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}): TraceContext | undefined {
  // Whether they can be read, the library of traces sees.
  if (typeof traceparent !== 'string') return undefined
  return typeof tracestate === 'string' ? { traceparent, tracestate } : { traceparent }
}
