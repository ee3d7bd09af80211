import { defineCommand } from 'citty'
import { exitCodes } from './exit-code.ts'
import { packedFiles } from './packed-files.ts'

/** `millrace start`: the server with the editor, until it is stopped. */
export const startCommand = defineCommand({
  meta: {
    name: 'start',
    description: 'Start the server with the editor, until it is stopped.',
  },
  async run() {
    // The other commands do without the server.
    const { readSettings, serveUntilSignal, StartError } = await import('@millrace/server')
    try {
      await serveUntilSignal(readSettings(process.env), {
        editorDirectory: packedFiles('editor'),
        chatDirectory: packedFiles('chat'),
      })
      return exitCodes.ok
    } catch (error) {
      if (!(error instanceof StartError)) throw error
      console.error(error.message)
      return exitCodes.failed
    }
  },
})
