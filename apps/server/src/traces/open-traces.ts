import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { version } from '../version.ts'
import { createRunSpans, type RunSpans } from './run-spans.ts'

/** Traces of runs, sent to a collector. */
export interface Traces extends RunSpans {
  /** Sends what is left. */
  close(): Promise<void>
}

/** Sends spans to an address in batches, from memory; a collector that is away costs a run nothing. */
export function openTraces(url: string): Traces {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'millrace', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })],
  })
  return {
    ...createRunSpans(provider.getTracer('millrace', version)),
    close: () => provider.shutdown(),
  }
}
