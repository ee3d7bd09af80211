import { defineRoute, type Route } from '../http/route.ts'
import type { Metrics } from './metrics.ts'

/** What the server counts of itself. */
export function metricsRoutes(metrics: Pick<Metrics, 'contentType' | 'text'>): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/metrics',
      caller: 'metrics',
      summary: 'Tells Prometheus how the server does: runs, tokens, errors, limits, the process.',
      answers: {
        200: { description: 'The text format of Prometheus.', contentTypes: ['text/plain'] },
      },
      async handle({ response }) {
        const text = await metrics.text()
        response.setHeader('Content-Type', metrics.contentType).send(text)
      },
    }),
  ]
}
