import { defineCommand } from 'citty'
import { runOnData } from './data-command.ts'

/** `millrace restore ../backups/monday`: a data directory of a back-up. */
export const restoreCommand = defineCommand({
  meta: {
    name: 'restore',
    description: 'Make the data directory of a back-up; it may not hold anything yet.',
  },
  args: {
    directory: { type: 'positional', description: 'The back-up', required: true },
  },
  run: ({ args }) =>
    runOnData(async ({ restore }, dataDirectory) => {
      const directory = await restore(args.directory, dataDirectory)
      return `The data directory ${directory} is what the back-up was. Start the server.`
    }),
})
