import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServerProcess } from './server-process.ts'
import type { RunningTarget } from './targets.ts'

const bundle = join(import.meta.dirname, '../../apps/server/dist/main.js')

interface MillraceOptions {
  readonly nodeOptions?: readonly string[]
  /** Another way to start it than the built server. */
  readonly script?: string
}

/** The built server as users run it, with a data directory of its own and the flow below. */
export async function startMillrace(
  providerUrl: string,
  { nodeOptions = [], script = bundle }: MillraceOptions = {},
): Promise<RunningTarget> {
  if (!existsSync(script)) {
    throw new Error(
      'Millrace is not built. Run `pnpm build`, or leave it out: --only baseline,pipe',
    )
  }
  const dataDirectory = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`

  const startedAt = performance.now()
  const env = {
    MILLRACE_PORT: String(port),
    MILLRACE_DATA_DIR: dataDirectory,
    MILLRACE_DRAIN_SECONDS: '0',
  }
  const server = startServerProcess(script, env, nodeOptions)
  const dispose = async () => {
    await server[Symbol.asyncDispose]()
    await rm(dataDirectory, { recursive: true, force: true })
  }
  try {
    await server.answering(`${address}/api/health`, { ok: true })
    const startMs = performance.now() - startedAt
    const fields = { apiKey: 'bench', baseUrl: providerUrl }
    const connection = { id: 'model', kind: 'openai', name: 'Mock provider', fields }
    await create(`${address}/api/connections`, connection)
    await create(`${address}/api/flows`, flow)
    return {
      process: server,
      url: `${address}/api/flows/bench/stream`,
      startMs,
      [Symbol.asyncDispose]: dispose,
    }
  } catch (error) {
    await dispose()
    throw error
  }
}

/** The same as the baseline's route: ask the model, send on each token. */
export const flow = {
  format: 'millrace/flow',
  version: 1,
  id: 'bench',
  name: 'Benchmark',
  nodes: [
    {
      id: 'trigger',
      type: 'chat.trigger',
      properties: { outputVariable: 'chatCompletionRequest' },
    },
    {
      id: 'chat',
      type: 'openai.streamingChatCompletion',
      properties: {
        connection: 'model',
        modelId: 'bench',
        userPrompt: { $ref: 'chatCompletionRequest.prompt' },
        streamVariable: 'message',
        resultVariable: 'response',
      },
    },
    {
      id: 'yield',
      type: 'flow.yieldReturn',
      properties: { value: { $ref: 'message.content' } },
    },
  ],
  edges: [
    { from: ['trigger', 'next'], to: 'chat' },
    { from: ['chat', 'forEachMessage'], to: 'yield' },
  ],
}

/** Stores something by the API. */
export async function create(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) {
    throw new Error(`POST ${url} answered ${response.status}: ${await response.text()}`)
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // A TCP server's address is never a string.
  server.close()
  await once(server, 'close')
  return port
}
