// The mock provider: OpenAI's streams, paced as the prompt says. One process serves all targets.
import { type ServerResponse, createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { completionEvents, doneEvent } from '../../e2e/src/openai-wire.ts'
import { announce } from './announce.ts'
import { parsePrompt, tokensOf } from './workload.ts'

const server = createServer(async (request, response) => {
  // Only the benchmark's own targets call, with bodies of this shape.
  const body = (await json(request)) as { messages: { content: string }[] }
  const { tokens, delayMs } = parsePrompt(body.messages.at(-1)?.content ?? '')
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  send(eventsOf(tokens), delayMs, response)
})
announce(server)

const streams = new Map<number, readonly Buffer[]>()

/** Made once for each length, so that the provider costs little beside what is measured. */
function eventsOf(count: number): readonly Buffer[] {
  const known = streams.get(count)
  if (known !== undefined) return known
  const completion = {
    id: 'chatcmpl-bench',
    model: 'bench',
    created: 1_700_000_000,
    tokens: tokensOf(count),
    field: 'content',
    finishReason: 'stop',
    usage: { prompt: 9, completion: count },
  } as const
  const events = [...completionEvents(completion, { includeUsage: false }), doneEvent]
  const bytes = events.map((event) => Buffer.from(event))
  streams.set(count, bytes)
  return bytes
}

/**
 * One write for each event, or for all that are due when a timer was late: on a network of its own
 * they would be waiting in the reader's socket by then.
 */
function send(events: readonly Buffer[], delayMs: number, response: ServerResponse): void {
  if (delayMs === 0) {
    response.end(Buffer.concat(events))
    return
  }
  const startedAt = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.floor((performance.now() - startedAt) / delayMs)
    if (due > sent) response.write(Buffer.concat(events.slice(sent, due)))
    sent = due
    if (sent < events.length) return
    clearInterval(timer)
    response.end()
  }, delayMs)
  response.on('close', () => clearInterval(timer))
}
