import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { hasCode } from '../has-code.ts'
import { createServerLog } from '../server-log.ts'
import { readSettings, type Environment } from '../settings.ts'
import { startServer } from '../start-server.ts'
import { expectDescribed } from './expect-described.ts'

/** An answer, read whole. */
interface TestAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Of a JSON answer; `undefined` otherwise. */
  // oxlint-disable-next-line no-explicit-any -- tests say what they expect of it
  readonly json: any
}

/** A server of its own for a test, on a free port and a fresh directory. */
export interface TestServer {
  readonly url: string
  readonly port: number
  readonly directory: string
  /** Also checks each JSON answer against what `GET /openapi.json` says of it. */
  call(method: string, path: string, options?: CallOptions): Promise<TestAnswer>
  /** Ends the server; `restart` starts it again. */
  stop(): Promise<void>
  /** Ends the server and starts it again on the same directory. */
  restart(environment?: Environment): Promise<void>
  close(): Promise<void>
}

interface CallOptions {
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Starts a server; its log is silent unless one is given. */
export async function startTestServer(
  environment: Environment = {},
  logger: Logger = createServerLog('silent'),
): Promise<TestServer> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-server-'))
  const start = (changes: Environment) =>
    startServer(
      readSettings({
        MILLRACE_PORT: '0',
        MILLRACE_DATA_DIR: directory,
        MILLRACE_DRAIN_SECONDS: '0',
        ...environment,
        ...changes,
      }),
      {
        logger,
        editorDirectory: join(directory, 'editor'),
        chatDirectory: join(directory, 'chat'),
      },
    )
  let server = await start({})
  return {
    get url() {
      return server.url
    },
    get port() {
      return Number(new URL(server.url).port)
    },
    directory,
    async call(method, path, { body, headers } = {}) {
      const answer = await fetch(`${server.url}${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await answer.text()
      const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true
      const { status } = answer
      const json = isJson ? JSON.parse(text) : undefined
      if (isJson) await expectDescribed(server.url, { method, path, status, json })
      return { status, headers: answer.headers, text, json }
    },
    stop: () => server.close(),
    async restart(changes = {}) {
      await server.close()
      await forgetConnections(server.url)
      server = await start(changes)
    },
    async close() {
      await server.close()
      rmSync(directory, { recursive: true })
    },
  }
}

/** Has `fetch` notice that the connections that it kept are gone: the next server may have the same port. */
async function forgetConnections(url: string): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const error: unknown = await fetch(url).catch((thrown: Error) => thrown.cause)
    if (hasCode(error, 'ECONNREFUSED')) return
  }
}
