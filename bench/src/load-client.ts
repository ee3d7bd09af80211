// Puts a load on one server and prints what it saw as one line of JSON. It has a process of its
// own so that its work is not measured.
import { Agent, request as call } from 'node:http'
import { type SseAnswer, sseReader } from './sse-answer.ts'
import { type Workload, promptOf, tokensOf } from './workload.ts'

/** What the benchmark starts this file with, as JSON in its argument. */
export interface LoadOptions {
  readonly url: string
  readonly workload: Workload
}

/** What it prints. */
export interface LoadResult {
  /** Streams that brought every token in order and then ended. */
  readonly complete: number
  /** What was wrong with the first of the others. */
  readonly firstFault?: string
  readonly tokensPerSecond: number
  /** Median, from the request to the first token. */
  readonly firstTokenMs: number
}

interface StreamResult {
  readonly firstTokenMs: number
  readonly fault?: string
}

// The process that starts this one wrote the argument.
const { url, workload } = JSON.parse(process.argv[2] ?? '') as LoadOptions
const agent = new Agent({ keepAlive: true })
const expected = tokensOf(workload.tokens)

const startedAt = performance.now()
const results: StreamResult[] = []
for (let round = 0; round < workload.repeat; round++) {
  const streams = Array.from({ length: workload.streams }, (_, index) => `${round}-${index}`)
  results.push(...(await Promise.all(streams.map(stream))))
}
const seconds = (performance.now() - startedAt) / 1000
agent.destroy()

const faults = results.flatMap(({ fault }) => fault ?? [])
const firstTokens = results.map(({ firstTokenMs }) => firstTokenMs).sort((a, b) => a - b)
const complete = results.length - faults.length
console.log(
  JSON.stringify({
    complete,
    ...(faults[0] !== undefined && { firstFault: faults[0] }),
    tokensPerSecond: (complete * workload.tokens) / seconds,
    firstTokenMs: firstTokens[Math.floor(firstTokens.length / 2)] ?? Number.NaN,
  } satisfies LoadResult),
)

function stream(sessionId: string): Promise<StreamResult> {
  const { promise, resolve } = Promise.withResolvers<StreamResult>()
  const answer: SseAnswer = { text: '' }
  const read = sseReader(answer)
  const sentAt = performance.now()
  let firstTokenMs = Number.NaN
  const request = call(url, {
    agent,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
  })
  request.on('error', (error) => resolve({ firstTokenMs, fault: error.message }))
  request.on('response', (response) => {
    response.setEncoding('utf8')
    response.on('data', (text: string) => {
      read(text)
      if (Number.isNaN(firstTokenMs) && answer.text !== '') {
        firstTokenMs = performance.now() - sentAt
      }
    })
    response.on('error', (error) => resolve({ firstTokenMs, fault: error.message }))
    response.on('end', () => {
      const fault = faultOf(answer, response.statusCode)
      resolve({ firstTokenMs, ...(fault !== undefined && { fault }) })
    })
  })
  request.end(JSON.stringify({ sessionId, prompt: promptOf(workload) }))
  return promise
}

function faultOf(answer: SseAnswer, status: number | undefined): string | undefined {
  if (status !== 200) return `status ${status}`
  if (answer.end !== 'complete') return `the stream ended with ${answer.end ?? 'no end'}`
  let at = 0
  for (const [index, token] of expected.entries()) {
    if (!answer.text.startsWith(token, at)) return `token ${index} is missing or out of order`
    at += token.length
  }
  return at < answer.text.length ? 'there is more text than tokens' : undefined
}
