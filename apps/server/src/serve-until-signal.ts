import { resolve } from 'node:path'
import { createServerLog } from './server-log.ts'
import type { Settings } from './settings.ts'
import { startServer, type RunningServer, type ServerOptions } from './start-server.ts'
import { version } from './version.ts'

/**
 * Runs a server as the only purpose of this process: says where it is, and ends it on SIGTERM or
 * SIGINT; a second signal does not wait. Resolves when everything is stored.
 */
export async function serveUntilSignal(
  settings: Settings,
  options: Omit<ServerOptions, 'logger'> = {},
): Promise<void> {
  // What is stored is the owner's alone, whoever may look into the directory.
  process.umask(0o077)
  const logger = createServerLog(settings.logLevel)
  const signal = new Promise<NodeJS.Signals>((resolveSignal) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, resolveSignal)
  })
  const server = await startServer(settings, { ...options, logger })
  // A defect in one run must not end all others. One at the start does end the process.
  process.on('uncaughtException', (error) => logger.error({ err: error }, 'uncaught error'))
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'unhandled rejection'))
  logger.info({ url: server.url, version }, 'ready')
  process.stdout.write(
    welcome(server, {
      directory: resolve(settings.dataDirectory),
      hasPassword: settings.operatorPassword !== undefined,
    }),
  )

  const name = await signal
  for (const again of ['SIGTERM', 'SIGINT'] as const) process.once(again, () => process.exit(130))
  logger.info({ signal: name }, 'draining')
  await server.close()
  logger.info('stopped')
}

function welcome(
  { url, exampleId }: RunningServer,
  { directory, hasPassword }: { readonly directory: string; readonly hasPassword: boolean },
): string {
  const address = url.replace(/127\.0\.0\.1|0\.0\.0\.0|\[::\]/, 'localhost')
  const opening = hasPassword ? 'Open it in a browser and sign in.' : 'Open it in a browser.'
  const example =
    exampleId === undefined || hasPassword
      ? opening
      : `Open it in a browser, or try the example flow:
    curl -N ${address}/api/flows/${exampleId}/stream -H 'content-type: application/json' \\
      -d '{"sessionId":"s1","prompt":"How does streaming work?"}'`
  return `
  Millrace ${version} is ready on ${address}

  ${example}

  Data: ${directory}
  Stop: Ctrl+C

`
}
