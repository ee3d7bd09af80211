import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startMillrace } from './millrace.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

/** A server to be measured, running and warm enough to answer. */
export interface RunningTarget extends AsyncDisposable {
  readonly process: ServerProcess
  /** Where the load client posts `{ sessionId, prompt }`. */
  readonly url: string
  /** From the start of its process to its first answer. */
  readonly startMs: number
}

/** Starts a target that calls the model at `providerUrl`. */
export type StartTarget = (providerUrl: string) => Promise<RunningTarget>

/** What is compared. The first is what the others' figures are divided by. */
const targets: Readonly<Record<string, StartTarget>> = {
  baseline: startOwn('baseline-server.ts'),
  pipe: startOwn('pipe-server.ts'),
  millrace: (providerUrl) => startMillrace(providerUrl),
}

/** Servers on the libraries of others, whose packages the workspace does not install. */
const peers: Readonly<Record<string, StartTarget>> = {
  langgraph: startOwn('../peers/langgraph-server.js'),
  'ai-sdk': startOwn('../peers/ai-sdk-server.js'),
}

/** Those that are compared where nobody names any. */
export const defaultTargets = Object.keys(targets)

/** Throws when there is no such target, or what it needs is not installed. */
export function targetOf(name: string): StartTarget {
  const start = targets[name] ?? peers[name]
  if (start === undefined) {
    const known = [...Object.keys(targets), ...Object.keys(peers)].join(', ')
    throw new Error(`"${name}" is no target. There are ${known}.`)
  }
  if (name in peers && !existsSync(join(import.meta.dirname, '../peers/node_modules'))) {
    throw new Error(
      `The packages of "${name}" are not installed. Run this first: npm ci --prefix bench/peers`,
    )
  }
  return start
}

function startOwn(script: string): StartTarget {
  return async (providerUrl) => {
    const startedAt = performance.now()
    const server = startServerProcess(join(import.meta.dirname, script), {
      PROVIDER_URL: providerUrl,
    })
    const address = await listeningAddress(server)
    await server.answering(address)
    return {
      process: server,
      url: `${address}/stream`,
      startMs: performance.now() - startedAt,
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    }
  }
}

/** Of one of our own servers, which announce their port on their first line. */
export async function listeningAddress(server: ServerProcess): Promise<string> {
  const [, port] = /^listening on (\d+)$/.exec(await server.firstLine()) ?? []
  if (port === undefined) throw new Error(`No port was announced: ${await server.firstLine()}`)
  return `http://127.0.0.1:${port}`
}
