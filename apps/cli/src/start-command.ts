import { defineCommand } from 'citty'

/** `millrace start`: the server with the editor, until it is stopped. */
export const startCommand = defineCommand({
  meta: {
    name: 'start',
    description:
      'Start the server with the editor. Settings are environment variables: MILLRACE_PORT, …',
  },
  async run() {
    await import('@millrace/server/main')
    // The server ends the process itself, once it has drained.
    await new Promise(() => undefined)
  },
})
