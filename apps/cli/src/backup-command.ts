import { defineCommand } from 'citty'
import { runOnData } from './data-command.ts'

/** `millrace backup ../backups/monday`: a copy of the data directory, while its server runs. */
export const backupCommand = defineCommand({
  meta: { name: 'backup', description: 'Copy the data directory, also while its server runs.' },
  args: {
    directory: {
      type: 'positional',
      description: 'The directory to make; the parent of it may be any',
      required: true,
    },
  },
  run: ({ args }) =>
    runOnData(async ({ backUp }, dataDirectory) => {
      const { directory, hasKey } = await backUp(dataDirectory, args.directory)
      return hasKey
        ? `The back-up is ${directory}. It holds the key of its secrets: keep it as safe as them.`
        : `The back-up is ${directory}. Keep MILLRACE_SECRET_KEY elsewhere: its secrets do not open without.`
    }),
})
