// Measures what the embedded database and the demo embedder cost, on the built server:
//
//   pnpm bench:retrieval [--vectors 10000] [--runs 100]
//
// The first click of a fresh data directory, the search among many vectors, how long the server's event
// loop is blocked meanwhile, and what saving the history costs a client.

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { create, flow, startMillrace } from './src/millrace.ts'
import { startServerProcess, watchDelays } from './src/server-process.ts'
import { sseReader, type SseAnswer } from './src/sse-answer.ts'
import { median } from './src/table.ts'
import { listeningAddress } from './src/targets.ts'
import { promptOf } from './src/workload.ts'

const { values: options } = parseArgs({
  options: {
    vectors: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '100' },
  },
})
const vectors = Number(options.vectors)
const runs = Number(options.runs)

await using provider = startServerProcess(join(import.meta.dirname, 'src/provider-server.ts'), {})
const providerUrl = `${await listeningAddress(provider)}/v1`

await firstClick()
await using millrace = await startMillrace(providerUrl, { nodeOptions: watchDelays })
const server = millrace.process
const { origin } = new URL(millrace.url)
const exampleUrl = exampleOf(origin)

await timeStream(millrace.url, promptOf({ tokens: 1, delayMs: 0 }))
await server.longestDelay()
await timeStream(exampleUrl, 'How does streaming work?')
print(
  'first use of the database and the embedder, when runs have run: longest block of the event loop',
  await server.longestDelay(),
)
const again = await timeStream(exampleUrl, 'How are secrets kept?')
print('the example again: first token', again.firstMs)

await server.longestDelay()
await query(`CREATE TABLE bench (id text PRIMARY KEY, content text, embedding vector(512))`)
// As Create table has it.
await query('ALTER TABLE bench ALTER COLUMN embedding SET STORAGE PLAIN')
await query(`
  INSERT INTO bench SELECT i, 'passage ' || i, (
    SELECT array_agg(random() - 0.5) FROM generate_series(1, 512 + 0 * i)
  )::vector FROM generate_series(1, ${vectors}) AS i`)
print(`inserting ${vectors} vectors: longest block of the event loop`, await server.longestDelay())

await create(`${origin}/api/flows`, searchFlow())
const searches: number[] = []
const before = await server.usage()
for (let run = 0; run < runs + 5; run++) {
  const startedAt = performance.now()
  const response = await post(`${origin}/api/flows/search/run`, {
    prompt: `question ${run} of many`,
  })
  if ((await response.json()) !== 3) throw new Error('A search did not find three hits.')
  // The first ones compile what the others run.
  if (run >= 5) searches.push(performance.now() - startedAt)
  else await server.longestDelay()
}
print(`search among ${vectors}, its embedding and HTTP included: p50`, median(searches))
print('  p95', searches.toSorted((a, b) => a - b)[Math.floor(searches.length * 0.95)] ?? Number.NaN)
// Holds on a busy machine too: all of it is work, one step after the other.
const { cpuSeconds } = await server.usage()
print('  CPU for each', ((cpuSeconds - before.cpuSeconds) * 1000) / (runs + 5))
print('  longest block of the event loop', await server.longestDelay())

await create(`${origin}/api/flows`, savingFlow())
const prompt = promptOf({ tokens: 50, delayMs: 10 })
const plain: StreamTimes[] = []
const saving: StreamTimes[] = []
for (let run = 0; run < Math.ceil(runs / 4); run++) {
  plain.push(await timeStream(millrace.url, prompt))
  saving.push(await timeStream(`${origin}/api/flows/saving/stream`, prompt))
}
for (const [name, times] of [
  ['without saving the history', plain],
  ['with saving the history', saving],
] as const) {
  print(`50 tokens at 10 ms, ${name}: last token`, median(times.map(({ lastMs }) => lastMs)))
  print('  open after it', median(times.map(({ lastMs, closedMs }) => closedMs - lastMs)))
}
const { memoryBytes } = await server.usage()
console.log(`memory with database and embedder in use: ${Math.round(memoryBytes / 1e6)} MB`)

/** Of a server that has not run anything yet. */
async function firstClick(): Promise<void> {
  await using fresh = await startMillrace(providerUrl)
  const { firstMs } = await timeStream(
    exampleOf(new URL(fresh.url).origin),
    'How does streaming work?',
  )
  print('first click of a fresh data directory: first token', firstMs)
}

function exampleOf(address: string): string {
  return `${address}/api/flows/example-rag-chat/stream`
}

interface StreamTimes {
  /** From the request, in ms. */
  readonly firstMs: number
  readonly lastMs: number
  readonly closedMs: number
}

async function timeStream(url: string, question: string): Promise<StreamTimes> {
  const startedAt = performance.now()
  const response = await post(url, { sessionId: `bench-${question}`, prompt: question })
  const answer: SseAnswer = { text: '' }
  const read = sseReader(answer)
  let firstMs = Number.NaN
  let lastMs = Number.NaN
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    const { length } = answer.text
    read(decoder.decode(chunk as Uint8Array, { stream: true })) // the body of an answer is bytes
    if (answer.text.length === length) continue
    lastMs = performance.now() - startedAt
    if (length === 0) firstMs = lastMs
  }
  if (answer.end !== 'complete') throw new Error(`A stream of ${url} did not complete.`)
  return { firstMs, lastMs, closedMs: performance.now() - startedAt }
}

async function query(statement: string): Promise<void> {
  await post(`${origin}/api/connections/embedded-postgres/query`, {
    statement,
    parameters: [],
    commit: true,
    timeoutSeconds: 300,
  })
}

async function post(url: string, body: unknown): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response
}

function searchFlow() {
  return {
    ...flow,
    id: 'search',
    nodes: [
      flow.nodes[0],
      {
        id: 'search',
        type: 'postgres.searchVectors',
        properties: {
          connection: 'embedded-postgres',
          table: 'bench',
          searchText: { $ref: 'chatCompletionRequest.prompt' },
          recordDefinition: [
            { name: 'id', type: 'text', key: true },
            { name: 'content', type: 'text', content: true },
            { name: 'embedding', type: 'vector', vector: true },
          ],
          searchResultVariable: 'searchResult',
        },
      },
      {
        id: 'end',
        type: 'flow.return',
        properties: { value: { $expr: 'size(searchResult.records)' } },
      },
      {
        id: 'embedder',
        type: 'openai.textEmbedder',
        properties: { connection: 'demo', embeddingModel: 'demo-embedder' },
      },
    ],
    edges: [
      { from: ['trigger', 'next'], to: 'search' },
      { from: ['search', 'next'], to: 'end' },
    ],
    attachments: [{ host: ['search', 'textEmbedder'], resource: 'embedder' }],
  }
}

/** The flow of the other benchmark, which saves the history when it has streamed. */
function savingFlow() {
  return {
    ...flow,
    id: 'saving',
    nodes: [
      ...flow.nodes,
      {
        id: 'save',
        type: 'postgres.upsertRow',
        properties: {
          connection: 'embedded-postgres',
          tableName: 'chat_history',
          columnValueMapping: [
            {
              column: 'session_id',
              type: 'auto',
              key: true,
              value: { $ref: 'chatCompletionRequest.sessionId' },
            },
            { column: 'history_json', type: 'auto', value: { $ref: 'response.historyJson' } },
          ],
        },
      },
    ],
    edges: [...flow.edges, { from: ['chat', 'continue'], to: 'save' }],
  }
}

function print(what: string, ms: number): void {
  console.log(`${what}: ${ms.toFixed(1)} ms`)
}
