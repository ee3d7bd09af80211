import { exitCodes } from './exit-code.ts'

/** The server's own side of a command that works on its data directory. */
type ServerModule = typeof import('@millrace/server')

/**
 * Runs a command on the data directory of the environment; says in a line what it did, or why not.
 * Other commands do without the server, so it is loaded here.
 */
export async function runOnData(
  work: (server: ServerModule, dataDirectory: string) => Promise<string>,
): Promise<number> {
  const server = await import('@millrace/server')
  try {
    console.log(await work(server, server.readDataDirectory(process.env)))
    return exitCodes.ok
  } catch (error) {
    if (!(error instanceof server.StartError)) throw error
    console.error(error.message)
    return exitCodes.failed
  }
}
